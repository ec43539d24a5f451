using System;
using System.CommandLine;
using System.Globalization;
using EnergyNode.Simulation;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode sim</c>: whole clusters on one seed.</summary>
internal static class SimCommand
{
    private const int MaxJobs = 64;

    public static Command Build()
    {
        Option<ulong> seed = new("--seed") { Description = "which run", DefaultValueFactory = _ => 1 };
        SimOptions shared = new();
        Command command = new(
            "sim",
            "Simulates a whole cluster (actors, frames, disks and clocks) from one seed, with faults, and checks it.\n"
            + "Exit codes: 0 pass, 1 safety, 2 wrong usage, 3 liveness.\n\n"
            + "Example: energynode sim --seed 7\n"
            + "         energynode sim --seed 7 --validators 7 --byzantine 2 --strategy equivocate,delay\n"
            + "         energynode sim sweep --seeds 1..200 --json")
        {
            seed, Sweep(), SimShrinkCommand.Build(), SimThroughputCommand.Build(),
            SimTwinsCommand.Build(), SimForkCommand.Build(),
        };
        shared.AddTo(command);
        command.SetAction(parsed => SimulationCommand.Run(
            shared.Read(parsed, parsed.GetValue(seed)), Console.Out, parsed.GetValue(shared.Json)));
        return command;
    }

    private static Command Sweep()
    {
        Option<string> seeds = new("--seeds") { Description = "first and last, such as 1..200", Required = true };
        Option<int> jobs = new("--jobs")
        {
            Description = $"1 to {MaxJobs} seeds at the same time; the result does not depend on it",
            DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, MaxJobs),
        };
        SimOptions shared = new();
        Command command = new(
            "sweep", "Runs many seeds and lists those that fail.\n\nExample: energynode sim sweep --seeds 1..200")
        {
            seeds, jobs,
        };
        shared.AddTo(command);
        command.SetAction(parsed =>
        {
            (ulong first, ulong last) = ReadRange(parsed.GetValue(seeds)!);
            return SimulationCommand.Sweep(
                shared.Read(parsed, first),
                first,
                last,
                ReadJobs(parsed.GetValue(jobs)),
                Console.Out,
                parsed.GetValue(shared.Json));
        });
        return command;
    }

    private static int ReadJobs(int jobs) => jobs is >= 1 and <= MaxJobs
        ? jobs
        : throw new CommandFailedException(
            ExitCodes.Usage, $"--jobs {jobs} is not possible; choose 1 to {MaxJobs}");

    internal static (ulong First, ulong Last) ReadRange(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length == 2
            && ulong.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong first)
            && ulong.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong last)
            && first <= last)
        {
            return (first, last);
        }

        throw new CommandFailedException(
            ExitCodes.Usage, $"--seeds '{text}' is not a range of seeds; write it as 1..200");
    }
}
