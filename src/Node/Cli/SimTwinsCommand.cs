using System;
using System.CommandLine;
using EnergyNode.Simulation.Twins;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary><c>energynode sim twins</c>: validators that run twice, over all partitions and leaders.</summary>
internal static class SimTwinsCommand
{
    private const int MaxJobs = 256;

    private static readonly TwinsOptions Defaults = new();

    public static Command Build()
    {
        Option<string> protocol = ConsensusChoice.Create("--protocol");
        Option<int> validators = new("--validators")
        {
            Description = $"{TwinsLimits.MinValidators} to {TwinsLimits.MaxValidators}",
            DefaultValueFactory = _ => Defaults.Validators,
        };
        Option<int> twins = new("--twins")
        {
            Description = "how many of them run twice",
            DefaultValueFactory = _ => Defaults.Twins,
        };
        Option<int> rounds = new("--rounds")
        {
            Description = $"1 to {TwinsLimits.MaxRounds} rounds, each with a partition and a leader",
            DefaultValueFactory = _ => Defaults.Rounds,
        };
        Option<long?> sample = new("--sample")
        {
            Description = $"scenarios to draw, 1 to {TwinsLimits.MaxSamples}; without it, all up to renaming",
        };
        Option<ulong> seed = new("--seed") { Description = "of the sample", DefaultValueFactory = _ => 1 };
        Option<ulong?> scenario = new("--scenario") { Description = "run this one only" };
        Option<int> jobs = new("--jobs")
        {
            Description = $"threads, 1 to {MaxJobs}",
            DefaultValueFactory = _ => Math.Min(MaxJobs, Environment.ProcessorCount),
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "twins",
            "Runs validators twice, with one key, over partitions and leaders, and looks for forks and stalls.\n"
            + "Exit code 0 pass, 1 fork, 3 stall.\n\n"
            + "Example: energynode sim twins --sample 10000 --seed 7\n"
            + "         energynode sim twins --protocol pos --json")
        {
            protocol, validators, twins, rounds, sample, seed, scenario, jobs, json,
        };
        command.SetAction(parsed =>
        {
            TwinsOptions options = Read(
                new TwinsOptions
                {
                    Protocol = ConsensusChoice.Read(parsed, protocol),
                    Validators = parsed.GetValue(validators),
                    Twins = parsed.GetValue(twins),
                    Rounds = parsed.GetValue(rounds),
                });
            int threads = parsed.GetValue(jobs);
            if (threads is < 1 or > MaxJobs)
            {
                throw Usage($"--jobs {threads} is not possible; choose 1 to {MaxJobs}");
            }

            Func<TwinsRunner, TwinsReport> run = Plan(
                options, parsed.GetValue(sample), parsed.GetValue(seed), parsed.GetValue(scenario));
            return TwinsCommand.Run(options, threads, run, Console.Out, parsed.GetValue(json));
        });
        return command;
    }

    private static Func<TwinsRunner, TwinsReport> Plan(TwinsOptions options, long? sample, ulong seed, ulong? scenario)
    {
        if (scenario is { } code)
        {
            return code < options.Sequences
                ? runner => runner.RunOne(new TwinsScenario(code))
                : throw Usage($"--scenario {code} is none of these {options.Sequences}; count from 0");
        }

        if (sample is { } count)
        {
            return count is >= 1 and <= TwinsLimits.MaxSamples
                ? runner => runner.RunSample(seed, (ulong)count, Progress())
                : throw Usage($"--sample {count} is not possible; choose 1 to {TwinsLimits.MaxSamples}");
        }

        return options.Sequences <= (UInt128)TwinsLimits.MaxExhaustiveSequences
            ? runner => runner.RunAll(Progress())
            : throw Usage(
                $"all {options.Sequences} sequences are too many; choose fewer --rounds, or draw some with --sample");
    }

    private static TwinsOptions Read(TwinsOptions options)
    {
        try
        {
            options.Check();
            return options;
        }
        catch (ArgumentOutOfRangeException refused)
        {
            string which = refused.ParamName ?? "a number";
            throw Usage(
                $"{which} {refused.ActualValue} is not possible; choose {TwinsLimits.MinValidators} to "
                + $"{TwinsLimits.MaxValidators} validators, 0 to that many twins, 1 to {TwinsLimits.MaxRounds} rounds");
        }
    }

    /// <summary>A line that is overwritten, on terminals only.</summary>
    private static Action<int>? Progress()
    {
        if (Console.IsErrorRedirected)
        {
            return null;
        }

        int shown = -1;
        return permille =>
        {
            if (permille / 10 != shown)
            {
                shown = permille / 10;
                Console.Error.Write(shown == 100 ? "\r      \r" : $"\r{shown,3} %");
            }
        };
    }

    private static CommandFailedException Usage(string text) => new(ExitCodes.Usage, text);
}
