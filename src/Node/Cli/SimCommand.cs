using System;
using System.CommandLine;
using System.Globalization;
using EnergyNode.Node.Setup;
using EnergyNode.Simulation;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode sim</c>: whole clusters on one seed.</summary>
internal static class SimCommand
{
    private const int MaxHomes = 100;
    private const int MaxEpochs = 10_000;
    private const int MaxSeconds = 86_400;

    public static Command Build()
    {
        Option<ulong> seed = new("--seed") { Description = "which run", DefaultValueFactory = _ => 1 };
        Shared shared = new();
        Command command = new(
            "sim",
            "Simulates a whole cluster (actors, frames, disks and clocks) from one seed, with faults, and checks it.\n"
            + "Exit code 0 pass, 1 safety, 3 liveness.\n\n"
            + "Example: energynode sim --seed 7\n"
            + "         energynode sim sweep --seeds 1..200 --json")
        {
            seed, shared.Protocol, shared.Validators, shared.Homes, shared.Epochs, shared.Seconds, shared.Json, Sweep(),
            SimTwinsCommand.Build(),
        };
        command.SetAction(parsed => SimulationCommand.Run(
            shared.Read(parsed, parsed.GetValue(seed)), Console.Out, parsed.GetValue(shared.Json)));
        return command;
    }

    private static Command Sweep()
    {
        Option<string> seeds = new("--seeds") { Description = "first and last, such as 1..200", Required = true };
        Shared shared = new();
        Command command = new(
            "sweep", "Runs many seeds and lists those that fail.\n\nExample: energynode sim sweep --seeds 1..200")
        {
            seeds, shared.Protocol, shared.Validators, shared.Homes, shared.Epochs, shared.Seconds, shared.Json,
        };
        command.SetAction(parsed =>
        {
            (ulong first, ulong last) = ReadRange(parsed.GetValue(seeds)!);
            return SimulationCommand.Sweep(
                shared.Read(parsed, first), first, last, Console.Out, parsed.GetValue(shared.Json));
        });
        return command;
    }

    private static (ulong First, ulong Last) ReadRange(string text)
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

    /// <summary>What one seed and a sweep have in common.</summary>
    private sealed class Shared
    {
        private readonly SimulationOptions _defaults = new() { Seed = 0 };

        public Shared()
        {
            Validators = Number("--validators", "1, or 4 to 7", _defaults.Validators);
            Homes = Number("--homes", $"1 to {MaxHomes} homes in the market", _defaults.Homes);
            Epochs = Number("--epochs", $"1 to {MaxEpochs} epochs to trade", _defaults.Epochs);
            Seconds = Number(
                "--seconds",
                $"1 to {MaxSeconds} virtual seconds with faults; then everything heals",
                (int)(_defaults.Duration.Micros / Ledger.Instant.MicrosPerSecond));
        }

        public Option<string> Protocol { get; } = ConsensusChoice.Create("--protocol");

        public Option<int> Validators { get; }

        public Option<int> Homes { get; }

        public Option<int> Epochs { get; }

        public Option<int> Seconds { get; }

        public Option<bool> Json { get; } = new("--json") { Description = "print one JSON object" };

        public SimulationOptions Read(ParseResult parsed, ulong seed)
        {
            int validators = parsed.GetValue(Validators);
            if (!SetupLimits.IsValidatorCount(validators))
            {
                throw new CommandFailedException(
                    ExitCodes.Usage, $"--validators {validators} is not possible; choose 1, or 4 to 7");
            }

            return _defaults with
            {
                Seed = seed,
                Protocol = ConsensusChoice.Read(parsed, Protocol),
                Validators = validators,
                Homes = InRange(parsed, Homes, MaxHomes),
                Epochs = InRange(parsed, Epochs, MaxEpochs),
                Duration = Ledger.Duration.FromSeconds(InRange(parsed, Seconds, MaxSeconds)),
            };
        }

        private static int InRange(ParseResult parsed, Option<int> option, int most)
        {
            int value = parsed.GetValue(option);
            return value >= 1 && value <= most
                ? value
                : throw new CommandFailedException(
                    ExitCodes.Usage, $"{option.Name} {value} is not possible; choose 1 to {most}");
        }

        private static Option<int> Number(string name, string description, int value) =>
            new(name) { Description = description, DefaultValueFactory = _ => value };
    }
}
