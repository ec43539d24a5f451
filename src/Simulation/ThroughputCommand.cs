using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// What <c>energynode sim throughput</c> does: how many commands each strategy of lying leaves of the same seed's run
/// without liars, over the second half of the time.
/// </summary>
public static class ThroughputCommand
{
    /// <summary>Percent of the honest run's commands that any strategy must leave.</summary>
    public const int LeastPercent = 50;

    /// <param name="options">With liars; its strategies, or all when it names none, are measured one by one.</param>
    /// <param name="jobs">Runs at the same time, from 1.</param>
    /// <returns>The worst exit code of the runs; 3 when a strategy leaves less than it must.</returns>
    public static int Run(SimulationOptions options, int jobs, TextWriter output, bool json)
    {
        Stopwatch clock = Stopwatch.StartNew();
        IReadOnlyList<Strategy> strategies = options.Strategies.Count > 0 ? options.Strategies : Strategies.All;
        List<SimulationOptions> all = [options with { Byzantine = 0, Strategies = [] }];
        all.AddRange(strategies.Select(strategy => options with { Strategies = [strategy] }));
        List<SimulationReport> reports = [.. SeedRunner.Run(all, jobs)];
        List<Line> lines = [];
        int exit = SimulationExit.Pass;
        for (int i = 0; i < reports.Count; i++)
        {
            string word = i == 0 ? "honest" : strategies[i - 1].Word();
            Line line = new(word, reports[i], Percent(reports[i], reports[0]), SimulationCommand.Replay(all[i]));
            lines.Add(line);
            int code = reports[i].ExitCode;
            code = code == SimulationExit.Pass && line.Percent < LeastPercent ? SimulationExit.Liveness : code;
            exit = exit == SimulationExit.Safety || code == SimulationExit.Pass ? exit : code;
        }

        decimal seconds = Math.Round((decimal)clock.Elapsed.TotalSeconds, 3);
        if (json)
        {
            PrintJson(options, lines, seconds, output);
        }
        else
        {
            Print(options, lines, seconds, output);
        }

        return exit;
    }

    /// <summary>Rounded down. Of no commands all are left.</summary>
    private static long Percent(SimulationReport report, SimulationReport honest) =>
        honest.LateCommands == 0 ? 100 : report.LateCommands * 100 / honest.LateCommands;

    private static void Print(SimulationOptions options, List<Line> lines, decimal seconds, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Protocol.Word()}, seed {options.Seed}, {options.Byzantine} of {options.Validators} lie; "
                + $"second half of {ReportJson.Seconds(options.Duration)} s"));
        foreach (Line line in lines)
        {
            bool isGood = line.Report.ExitCode == SimulationExit.Pass && line.Percent >= LeastPercent;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {line.Word,-16} {line.Report.LateCommands,7} commands {line.Report.LateBlocks,5} blocks "
                    + $"{line.Percent,4} %{(isGood ? "" : "  FAILED")}"));
            if (!isGood)
            {
                output.WriteLine($"    version {ReportJson.Version}");
                output.WriteLine("    again: " + line.Replay);
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} s real time"));
    }

    private static void PrintJson(SimulationOptions options, List<Line> lines, decimal seconds, TextWriter output) =>
        ReportJson.Print(output, json =>
        {
            json.WriteNumber("seed", options.Seed);
            json.WriteString("protocol", options.Protocol.Word());
            json.WriteNumber("validators", options.Validators);
            json.WriteNumber("byzantine", options.Byzantine);
            json.WriteNumber("leastPercent", lines.Min(line => line.Percent));
            json.WriteStartArray("strategies");
            foreach (Line line in lines)
            {
                json.WriteStartObject();
                json.WriteString("strategy", line.Word);
                json.WriteNumber("commands", line.Report.LateCommands);
                json.WriteNumber("blocks", line.Report.LateBlocks);
                json.WriteNumber("percent", line.Percent);
                json.WriteNumber("exitCode", line.Report.ExitCode);
                json.WriteString("replay", line.Replay);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("version", ReportJson.Version);
            json.WriteNumber("realSeconds", seconds);
        });

    private sealed record Line(string Word, SimulationReport Report, long Percent, string Replay);
}
