using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace EnergyNode.Chaos.Bugs;

/// <summary>
/// Plants bugs one after the other into a scratch copy, builds, and lets each one's catchers look for it. A catcher
/// that complains about the copy without bugs is of no use, so all are tried on that first.
/// </summary>
internal sealed class BugRunner(ScratchCopy copy, Action<string> tell)
{
    /// <summary>Every bug must be caught within ten minutes; builds are not counted.</summary>
    public static readonly TimeSpan CatchLimit = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(20);

    /// <summary>A bug may leave something unused, which is not how it should be found.</summary>
    private static readonly string[] BuildOptions =
        ["-c", "Release", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-v", "quiet", "--nologo"];

    private static readonly string[] TellTales =
        ["SAFETY BROKEN", "not live", "FORK", "[FAIL]", "Failed!", "Unhandled", "the simulator failed"];

    /// <summary>Runs the catchers on the copy as it is.</summary>
    /// <returns>What is wrong with them; null when all pass.</returns>
    public string? Control(IReadOnlyList<PlantedBug> bugs)
    {
        foreach (BugCatcher catcher in bugs.SelectMany(bug => bug.Catchers).DistinctBy(catcher => catcher.Text))
        {
            if (Build(catcher.Project) is { } broken)
            {
                return broken;
            }

            Stopwatch clock = Stopwatch.StartNew();
            (int? exit, string output) = copy.Dotnet(catcher.Arguments, CatchLimit);
            tell($"control: {catcher.Text}: {(exit == 0 ? "passes" : "FAILS")}, {clock.Elapsed.TotalSeconds:f0} s");
            if (exit != 0)
            {
                return $"without any bug '{catcher.Text}' fails: {Telling(output)}";
            }

            if (RunsNoTest(catcher, output))
            {
                return $"'{catcher.Text}' runs no test";
            }
        }

        return null;
    }

    public BugVerdict Try(PlantedBug bug)
    {
        string source = copy.Read(bug.File);
        if (bug.PlantInto(source) is not { } planted)
        {
            return Fault(bug, $"the original text does not occur exactly once in {bug.File}");
        }

        copy.Write(bug.File, planted);
        try
        {
            return Catch(bug);
        }
        finally
        {
            copy.Write(bug.File, source);
        }
    }

    private BugVerdict Catch(PlantedBug bug)
    {
        TimeSpan build = default;
        TimeSpan run = default;
        foreach (BugCatcher catcher in bug.Catchers)
        {
            Stopwatch clock = Stopwatch.StartNew();
            if (Build(catcher.Project) is { } broken)
            {
                return Fault(bug, broken);
            }

            build += clock.Elapsed;
            clock.Restart();
            (int? exit, string output) = copy.Dotnet(catcher.Arguments, CatchLimit - run);
            run += clock.Elapsed;
            if (RunsNoTest(catcher, output))
            {
                return Fault(bug, $"'{catcher.Text}' runs no test");
            }

            if (exit is not 0)
            {
                string evidence = exit is null ? "hangs" : Telling(output);
                return new BugVerdict(bug, catcher, evidence, build, run);
            }
        }

        return new BugVerdict(bug, null, "all catchers pass", build, run);
    }

    private static bool RunsNoTest(BugCatcher catcher, string output) =>
        catcher.Arguments[0] == "test" && output.Contains("No test matches", StringComparison.Ordinal);

    private string? Build(string project)
    {
        (int? exit, string output) = copy.Dotnet(["build", project, .. BuildOptions], BuildLimit);
        return exit == 0 ? null : $"{project} does not build: {Telling(output)}";
    }

    private static BugVerdict Fault(PlantedBug bug, string text) => new(bug, null, text, default, default);

    /// <summary>The line of the output that says most: else its last.</summary>
    private static string Telling(string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(line => TellTales.Any(word => line.Contains(word, StringComparison.Ordinal)))
            ?? lines.FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))
            ?? lines.LastOrDefault()
            ?? "no output";
    }
}
