using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using EnergyNode.Actors.Configuration;
using EnergyNode.Chaos.Bugs;
using EnergyNode.Simulation;

namespace EnergyNode.Chaos;

/// <summary>The program's commands. Every error is one line on the error output.</summary>
internal sealed class ChaosApp(TextWriter output, TextWriter errors)
{
    private const string Name = "chaos";
    private const string Extension = ".hocon";

    /// <summary>The scenarios that come with the program.</summary>
    public static string Shipped { get; } = Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <returns>A <see cref="SimulationExit"/> code.</returns>
    public int Run(IReadOnlyList<string> arguments)
    {
        ParseResult parsed = Build().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            // That a command is missing follows from a word that is none, and says less.
            string mistake = parsed.UnmatchedTokens is [{ } word, ..]
                ? $"Unrecognized command or argument '{word}'"
                : parsed.Errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.');
            errors.WriteLine($"{Name}: {mistake}; see '{Name} --help'");
            return SimulationExit.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = errors,
            });
        }
        catch (HoconException refusal)
        {
            errors.WriteLine($"{Name}: {refusal.Message}");
            return SimulationExit.Usage;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(
                $"{Name}: {fault.Message.ReplaceLineEndings(" ")} Name a readable scenario; '{Name} list' shows them.");
            return SimulationExit.Usage;
        }
        catch (Exception fault)
        {
            errors.WriteLine(
                $"{Name}: the simulator failed: {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}");
            return SimulationExit.Harness;
        }
    }

    private RootCommand Build() => new(
        "Simulates clusters to which bad things happen.\n\n"
        + "Example: chaos run leader-crash --seed 7\n\n"
        + "Exit codes: 0 pass, 1 safety broken, 2 usage or bad scenario, 3 not live, 70 the simulator failed")
    {
        List(), RunOne(), Lint(), new BugsCommand(output, errors).Build(),
    };

    private Command List()
    {
        Option<string> directory = Directory();
        Command command = new("list", "Lists scenarios.\n\nExample: chaos list --dir chaos/scenarios") { directory };
        command.SetAction(parsed =>
        {
            foreach (string file in Files(parsed.GetValue(directory)!))
            {
                Scenario scenario = Read(file);
                output.WriteLine($"{scenario.Name,-22} {scenario.Description}");
            }

            return SimulationExit.Pass;
        });
        return command;
    }

    private Command RunOne()
    {
        Argument<string?> file = new("FILE")
        {
            Description = "a scenario file, or the name of one that comes with it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        RefuseOptions(file);
        Option<bool> all = new("--all") { Description = "all scenarios of the directory but the long ones" };
        Option<bool> alsoLong = new("--long") { Description = "with --all: the long ones, too" };
        Option<string> directory = Directory();
        Option<ulong?> seed = new("--seed")
        {
            Description = "instead of the file's seed",
            CustomParser = ReadSeed,
        };
        Option<bool> json = new("--json") { Description = "print one JSON object" };
        Command command = new(
            "run",
            "Runs a scenario, or all.\n\n"
            + "Example: chaos run leader-crash --seed 7 --json\n"
            + "         chaos run --all")
        {
            file, all, alsoLong, directory, seed, json,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(all) == (parsed.GetValue(file) is not null)
                || (parsed.GetValue(alsoLong) && !parsed.GetValue(all)))
            {
                errors.WriteLine($"{Name}: name one scenario, or say --all (and --long for the long ones, too)");
                return SimulationExit.Usage;
            }

            return parsed.GetValue(file) is { } name
                ? RunScenario(Read(Locate(name)), name, parsed.GetValue(seed), parsed.GetValue(json))
                : RunAll(parsed.GetValue(directory)!, parsed.GetValue(alsoLong), parsed.GetValue(seed),
                    parsed.GetValue(json));
        });
        return command;
    }

    private static ulong? ReadSeed(ArgumentResult given)
    {
        string word = given.Tokens[0].Value;
        if (ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
        {
            return seed;
        }

        given.AddError($"--seed '{word}': write a whole number from 0 to {ulong.MaxValue}");
        return null;
    }

    /// <returns>The worst of the exit codes: safety outweighs liveness.</returns>
    private int RunAll(string directory, bool alsoLong, ulong? seed, bool json)
    {
        int worst = SimulationExit.Pass;
        foreach (string file in Files(directory))
        {
            Scenario scenario = Read(file);
            if (!scenario.IsLong || alsoLong)
            {
                int exit = RunScenario(scenario, file, seed, json);
                worst = worst == SimulationExit.Safety || exit == SimulationExit.Pass ? worst : exit;
            }
        }

        return worst;
    }

    private int RunScenario(Scenario scenario, string file, ulong? seed, bool json)
    {
        if (seed is { } other)
        {
            scenario = scenario with { Options = scenario.Options with { Seed = other } };
        }

        return new ScenarioRunner(output).Run(scenario, file, json);
    }

    /// <summary>Else an option that is none is looked for among the files.</summary>
    private static void RefuseOptions(Argument files) => files.Validators.Add(result =>
    {
        foreach (Token token in result.Tokens)
        {
            if (token.Value.StartsWith('-'))
            {
                result.AddError($"Unrecognized option '{token.Value}'");
            }
        }
    });

    private Command Lint()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "scenario files; without any, all of the directory",
            Arity = ArgumentArity.ZeroOrMore,
        };
        RefuseOptions(files);
        Option<string> directory = Directory();
        Command command = new("lint", "Checks scenario files without running them.\n\nExample: chaos lint my.hocon")
        {
            files, directory,
        };
        command.SetAction(parsed =>
        {
            string[] named = parsed.GetValue(files) ?? [];
            IReadOnlyList<string> all = named.Length > 0 ? named : Files(parsed.GetValue(directory)!);
            int exit = SimulationExit.Pass;
            foreach (string file in all)
            {
                try
                {
                    Read(file);
                }
                catch (HoconException mistake)
                {
                    errors.WriteLine($"{Name}: {mistake.Message}");
                    exit = SimulationExit.Usage;
                }
            }

            output.WriteLine($"{all.Count} scenarios checked");
            return exit;
        });
        return command;
    }

    private static Option<string> Directory() => new("--dir")
    {
        Description = "where the scenarios are",
        DefaultValueFactory = _ => Shipped,
    };

    private static string Locate(string name)
    {
        string shipped = Path.Combine(Shipped, name + Extension);
        return !File.Exists(name) && Path.GetFileName(name) == name && File.Exists(shipped) ? shipped : name;
    }

    private static string[] Files(string directory)
    {
        string[] files = System.IO.Directory.GetFiles(directory, "*" + Extension);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static Scenario Read(string file) => ScenarioReader.Read(File.ReadAllText(file), file);
}
