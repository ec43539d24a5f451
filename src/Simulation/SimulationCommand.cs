using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What <c>energynode sim</c> does: one seed, or a sweep over many.</summary>
public static class SimulationCommand
{
    private const string Program = "dotnet run -c Release --project src/Node -- sim";

    /// <summary>Runs one seed and prints its report.</summary>
    /// <returns>A <see cref="SimulationExit"/> code.</returns>
    public static int Run(SimulationOptions options, TextWriter output, bool json)
    {
        Stopwatch clock = Stopwatch.StartNew();
        SimulationReport report = SimulatedCluster.Run(options);
        decimal realSeconds = Seconds(clock);
        string replay = Replay(options);
        if (json)
        {
            ReportJson.Print(output, writer =>
            {
                ReportJson.WriteFields(writer, report, replay);
                writer.WriteNumber("realSeconds", realSeconds);
            });
        }
        else
        {
            Print(output, report, replay);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{realSeconds} s real time"));
        }

        return report.ExitCode;
    }

    /// <summary>Runs all seeds from one to another and prints a line for each that fails, and a summary.</summary>
    /// <param name="template">Its seed does not matter.</param>
    /// <param name="jobs">Seeds that run at the same time, from 1. What is printed does not depend on it, but for the
    /// real time.</param>
    /// <returns>1 when any seed broke safety, else 3 when any broke liveness, else 0.</returns>
    public static int Sweep(
        SimulationOptions template, ulong first, ulong last, int jobs, TextWriter output, bool json)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
        Stopwatch clock = Stopwatch.StartNew();
        List<(SimulationReport Report, string Replay)> failures = [];
        SweepSums sums = new();
        foreach (SimulationReport report in SeedRunner.Run(template, first, last, jobs))
        {
            sums.Add(report);
            if (report.ExitCode != SimulationExit.Pass)
            {
                string replay = Replay(template with { Seed = report.Seed });
                failures.Add((report, replay));
                if (!json)
                {
                    Print(output, report, replay);
                }
            }
        }

        decimal realSeconds = Seconds(clock);
        if (json)
        {
            PrintSweep(output, template, sums, failures, realSeconds);
        }
        else
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{sums.Runs} seeds, {failures.Count} failed, {sums.VirtualSeconds:f0} s simulated in "
                    + $"{realSeconds} s{Forks(sums)}"));
        }

        return sums.ExitCode;
    }

    /// <summary>The command that repeats a run.</summary>
    public static string Replay(SimulationOptions options)
    {
        SimulationOptions defaults = new() { Seed = options.Seed };
        StringBuilder command = new(Program);
        Append(command, "--seed", options.Seed.ToString(CultureInfo.InvariantCulture), true);
        Append(command, "--protocol", options.Protocol.Word(), options.Protocol != defaults.Protocol);
        Append(
            command,
            "--then",
            string.Join(',', options.Changes.Select(protocol => protocol.Word())),
            options.Changes.Count > 0);
        Append(command, "--validators", Text(options.Validators), options.Validators != defaults.Validators);
        Append(command, "--byzantine", Text(options.Byzantine), options.Byzantine > 0);
        Append(
            command,
            "--strategy",
            string.Join(',', options.Strategies.Select(strategy => strategy.Word())),
            options.Byzantine > 0 && options.Strategies.Count > 0);
        Append(command, "--faults", options.Kinds.ToString().ToLowerInvariant(), options.Kinds != defaults.Kinds);
        Append(command, "--homes", Text(options.Homes), options.Homes != defaults.Homes);
        Append(command, "--epochs", Text(options.Epochs), options.Epochs != defaults.Epochs);
        Append(
            command,
            "--seconds",
            ReportJson.Seconds(options.Duration).ToString(CultureInfo.InvariantCulture),
            options.Duration != defaults.Duration);
        return command.ToString();
    }

    private static string Forks(SweepSums sums) => sums.ForkedRuns == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"; in {sums.ForkedRuns} a fork was detected ({sums.Heights} heights in all)");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Append(StringBuilder command, string name, string value, bool wanted)
    {
        if (wanted)
        {
            command.Append(' ').Append(name).Append(' ').Append(value);
        }
    }

    private static decimal Seconds(Stopwatch clock) => Math.Round((decimal)clock.Elapsed.TotalSeconds, 3);

    private static void Print(TextWriter output, SimulationReport report, string replay)
    {
        string verdict = report.ExitCode switch
        {
            SimulationExit.Pass when report.DetectedForks > 0 => "ok, with a fork that was detected",
            SimulationExit.Pass => "ok",
            SimulationExit.Safety => "SAFETY BROKEN",
            _ => "not live",
        };
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {report.Seed}: {verdict}, {report.Validators} validators, height {report.Height}, "
                + $"{report.Epochs} epochs, {report.Crashes} crashes, {report.Frames} frames ({report.Lost} lost), "
                + $"{ReportJson.Seconds(report.VirtualTime):f1} s virtual, trace {ReportJson.Hex(report.TraceHash)}"));
        foreach (Violation violation in report.Violations)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {violation.Kind} at {ReportJson.Seconds(violation.At):f3} s: {violation.Text}"));
        }

        if (report.Violations.Count > 0)
        {
            output.WriteLine($"  version {ReportJson.Version}");
            output.WriteLine("  again: " + replay);
        }
    }

    private static void PrintSweep(
        TextWriter output,
        SimulationOptions template,
        SweepSums sums,
        List<(SimulationReport Report, string Replay)> failures,
        decimal realSeconds) => ReportJson.Print(output, json =>
        {
            json.WriteNumber("runs", sums.Runs);
            json.WriteString("protocol", template.Protocol.Word());
            json.WriteNumber("validators", template.Validators);
            json.WriteStartArray("failures");
            foreach ((SimulationReport report, string replay) in failures)
            {
                json.WriteStartObject();
                ReportJson.WriteFields(json, report, replay);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            sums.WriteFields(json);
            json.WriteNumber("realSeconds", realSeconds);
        });
}
