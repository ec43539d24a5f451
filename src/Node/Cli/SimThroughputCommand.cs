using System;
using System.CommandLine;
using EnergyNode.Ledger;
using EnergyNode.Simulation;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode sim throughput</c>: what liars leave of the throughput.</summary>
internal static class SimThroughputCommand
{
    private const int MaxJobs = 64;

    /// <summary>Four epochs a second for two minutes.</summary>
    private static readonly SimulationOptions Defaults = new()
    {
        Seed = 1,
        Duration = Duration.FromSeconds(120),
        Epochs = 480,
        Kinds = FaultKinds.None,
    };

    public static Command Build()
    {
        Option<ulong> seed = new("--seed") { Description = "which run", DefaultValueFactory = _ => Defaults.Seed };
        Option<int> jobs = new("--jobs")
        {
            Description = $"1 to {MaxJobs} runs at the same time; the result does not depend on it",
            DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, MaxJobs),
        };
        SimOptions shared = new(Defaults);
        Command command = new(
            "throughput",
            "Runs a seed without liars, and with as many as a third (or --byzantine) of each strategy, and compares\n"
            + "the commands executed in the second half. "
            + $"Exit code 3 when a strategy leaves less than {ThroughputCommand.LeastPercent} %.\n\n"
            + "Example: energynode sim throughput --validators 7 --protocol pos")
        {
            seed, jobs,
        };
        shared.AddTo(command);
        command.SetAction(parsed =>
        {
            int threads = parsed.GetValue(jobs);
            if (threads is < 1 or > MaxJobs)
            {
                throw new CommandFailedException(
                    ExitCodes.Usage, $"--jobs {threads} is not possible; choose 1 to {MaxJobs}");
            }

            SimulationOptions options = shared.Read(parsed, parsed.GetValue(seed));
            int liars = options.Byzantine > 0 ? options.Byzantine : (options.Validators - 1) / 3;
            return liars > 0
                ? ThroughputCommand.Run(
                    options with { Byzantine = liars }, threads, Console.Out, parsed.GetValue(shared.Json))
                : throw new CommandFailedException(
                    ExitCodes.Usage, $"{options.Validators} validators tolerate no liar; choose 4 or more");
        });
        return command;
    }
}
