using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using EnergyNode.Simulation;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode sim shrink</c>: the smallest scenario that fails as a seed does.</summary>
internal static class SimShrinkCommand
{
    private const int MaxRuns = 100_000;
    private const int DefaultRuns = 500;

    public static Command Build()
    {
        Option<ulong> seed = new("--seed") { Description = "which run", Required = true };
        Option<int> runs = new("--runs")
        {
            Description = $"simulations at most, 1 to {MaxRuns}",
            DefaultValueFactory = _ => DefaultRuns,
        };
        Option<string?> file = new("--out")
        {
            Description = "the scenario file to write; default seed-N.hocon in the current directory",
        };
        SimOptions shared = new();
        Command command = new(
            "shrink",
            "Takes faults, liars, nodes, epochs and time from a failing run as long as it fails in the same way, and\n"
            + "writes what is left as a scenario file. Exit codes as of sim; 0 when the seed passes.\n\n"
            + "Example: energynode sim shrink --seed 956 --byzantine 1 --out found.hocon")
        {
            seed, runs, file,
        };
        shared.AddTo(command);
        command.SetAction(parsed =>
        {
            ulong number = parsed.GetValue(seed);
            int most = parsed.GetValue(runs);
            if (most is < 1 or > MaxRuns)
            {
                throw new CommandFailedException(
                    ExitCodes.Usage, $"--runs {most} is not possible; choose 1 to {MaxRuns}");
            }

            SimulationOptions options = shared.Read(parsed, number);
            string path = Writable(
                parsed.GetValue(file) ?? string.Create(CultureInfo.InvariantCulture, $"seed-{number}.hocon"));
            return ShrinkCommand.Run(options, most, path, Console.Out, parsed.GetValue(shared.Json));
        });
        return command;
    }

    /// <summary>Says so before the work when its result could not be kept.</summary>
    private static string Writable(string path)
    {
        string? directory = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(directory))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"--out {path}: there is no directory {directory}; create it, or name another file");
        }

        return File.Exists(path) || Directory.Exists(path)
            ? throw new CommandFailedException(ExitCodes.Usage, $"--out {path} exists; name another file")
            : path;
    }
}
