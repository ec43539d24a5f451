using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using EnergyNode.Simulation;

namespace EnergyNode.Chaos.Bugs;

/// <summary><c>chaos bugs</c>: do the tests and the simulator notice defects that were planted on purpose?</summary>
internal sealed class BugsCommand(TextWriter output, TextWriter errors)
{
    private const string Room = "chaos/planted";

    public Command Build() => new(
        "bugs", "Plants deliberate bugs into a scratch copy of the source and shows what catches them.")
    {
        List(), Run(), Table(),
    };

    private Command List()
    {
        Command command = new("list", "Lists the bugs.\n\nExample: chaos bugs list");
        command.SetAction(_ => WithBugs([], (_, bugs) =>
        {
            foreach (PlantedBug bug in bugs)
            {
                output.WriteLine($"{bug.Name,-34} {bug.Why}");
            }

            return SimulationExit.Pass;
        }));
        return command;
    }

    private Command Run()
    {
        Argument<string[]> names = new("NAME")
        {
            Description = "bugs to plant; without any, all",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> skipControl = new("--skip-control")
        {
            Description = "do not run the catchers without a bug first",
        };
        Option<bool> json = new("--json") { Description = "print one JSON object" };
        Command command = new(
            "run",
            "Plants bugs one after the other, each into the source as it is, and lets its catchers look for it.\n"
            + "Exit code 0 all caught, 1 some were not, 2 usage.\n\nExample: chaos bugs run quorum-2f")
        {
            names, skipControl, json,
        };
        command.SetAction(parsed => WithBugs(
            parsed.GetValue(names) ?? [],
            (repository, bugs) => RunAll(repository, bugs, parsed.GetValue(skipControl), parsed.GetValue(json))));
        return command;
    }

    private Command Table()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "what runs with --json printed; of a bug the last one counts",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new(
            "table",
            "Makes the table of docs/planted-bugs.md from files.\n\nExample: chaos bugs table first.json second.json")
        {
            files,
        };
        command.SetAction(parsed => WithBugs([], (_, bugs) =>
        {
            output.Write(BugTable.Render(
                parsed.GetValue(files)!.Select(File.ReadAllText), [.. bugs.Select(bug => bug.Name)]));
            return SimulationExit.Pass;
        }));
        return command;
    }

    private int WithBugs(string[] names, Func<string, IReadOnlyList<PlantedBug>, int> action)
    {
        if (ScratchCopy.FindRepository(Directory.GetCurrentDirectory()) is not { } repository)
        {
            errors.WriteLine("chaos: no EnergyNode.sln here or above; run this inside a checkout of the source");
            return SimulationExit.Usage;
        }

        try
        {
            IReadOnlyList<PlantedBug> all = PlantedBug.ReadAll(Path.Combine(repository, Room));
            string? unknown = names.FirstOrDefault(name => all.All(bug => bug.Name != name));
            if (unknown is not null)
            {
                errors.WriteLine($"chaos: there is no bug '{unknown}'; 'chaos bugs list' shows them");
                return SimulationExit.Usage;
            }

            return action(repository, [.. all.Where(bug => names.Length == 0 || names.Contains(bug.Name))]);
        }
        catch (InvalidDataException mistake)
        {
            errors.WriteLine("chaos: " + mistake.Message);
            return SimulationExit.Usage;
        }
    }

    private int RunAll(string repository, IReadOnlyList<PlantedBug> bugs, bool skipControl, bool json)
    {
        using ScratchCopy copy = new(repository);
        BugRunner runner = new(copy, json ? errors.WriteLine : output.WriteLine);
        if (!skipControl && runner.Control(bugs) is { } useless)
        {
            errors.WriteLine("chaos: " + useless);
            return SimulationExit.Harness;
        }

        List<BugVerdict> verdicts = [];
        foreach (PlantedBug bug in bugs)
        {
            BugVerdict verdict = runner.Try(bug);
            verdicts.Add(verdict);
            (json ? errors : output).WriteLine(Line(verdict));
        }

        int caught = verdicts.Count(verdict => verdict.CaughtBy is not null);
        if (json)
        {
            output.WriteLine(Json(verdicts, caught));
        }
        else
        {
            output.WriteLine($"{caught} of {verdicts.Count} planted bugs caught");
        }

        return caught == verdicts.Count ? SimulationExit.Pass : SimulationExit.Safety;
    }

    private static string Line(BugVerdict verdict) => string.Create(
        CultureInfo.InvariantCulture,
        $"{verdict.Bug.Name,-34} {(verdict.CaughtBy is { } catcher ? "caught by " + catcher.Text : "MISSED")}"
            + $", {verdict.Run.TotalSeconds:f1} s after a build of {verdict.Build.TotalSeconds:f0} s: "
            + $"{verdict.Evidence}");

    private static string Json(List<BugVerdict> verdicts, int caught) => JsonSerializer.Serialize(new
    {
        bugs = verdicts.Count,
        caught,
        verdicts = verdicts.Select(verdict => new
        {
            name = verdict.Bug.Name,
            why = verdict.Bug.Why,
            caughtBy = verdict.CaughtBy?.Text,
            evidence = verdict.Evidence,
            buildSeconds = Math.Round(verdict.Build.TotalSeconds, 1),
            runSeconds = Math.Round(verdict.Run.TotalSeconds, 1),
        }),
    });
}
