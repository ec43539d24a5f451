using System.Collections.Generic;
using System.Globalization;
using System.IO;
using EnergyNode.Ledger;
using EnergyNode.Simulation;

namespace EnergyNode.Chaos;

/// <summary>Simulates a scenario and says what came of it.</summary>
internal sealed class ScenarioRunner(TextWriter output)
{
    /// <param name="file">As given on the command line, for the command that repeats the run.</param>
    /// <returns>A <see cref="SimulationExit"/> code.</returns>
    public int Run(Scenario scenario, string file, bool json)
    {
        SimulationReport report = SimulatedCluster.Run(scenario.Options);
        List<Violation> violations = [.. report.Violations];
        foreach (Expectation expectation in scenario.Expectations)
        {
            if (expectation.Check(report) is { } violation)
            {
                violations.Add(violation);
            }
        }

        report = report with { Violations = violations };
        string replay = string.Create(
            CultureInfo.InvariantCulture,
            $"dotnet run -c Release --project chaos -- run {file} --seed {scenario.Options.Seed}");
        if (json)
        {
            ReportJson.Print(output, writer =>
            {
                writer.WriteString("scenario", scenario.Name);
                ReportJson.WriteFields(writer, report, replay);
            });
        }
        else
        {
            Print(scenario, report, replay);
        }

        return report.ExitCode;
    }

    private static string Seconds(Duration duration) =>
        ReportJson.Seconds(duration).ToString("0.###", CultureInfo.InvariantCulture);

    private void Print(Scenario scenario, SimulationReport report, string replay)
    {
        string recovery = report.RecoveryTime is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"all done {ReportJson.Seconds(time):0.###} s after healing")
            : report.DetectedForks > 0
                ? string.Create(CultureInfo.InvariantCulture, $"broken finality noticed by {report.DetectedForks}")
                : "not done in time";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{scenario.Name}: {(report.ExitCode == SimulationExit.Pass ? "ok" : "FAILED")}, seed {report.Seed}, "
                + $"height {report.Height}, {report.Epochs} epochs, {report.Crashes} crashes, "
                + $"{report.Lost} of {report.Frames} frames lost, {recovery}, "
                + $"trace {ReportJson.Hex(report.TraceHash)}"));
        foreach (LevelReport level in report.Levels)
        {
            if (level.Took is null && report.DetectedForks > 0)
            {
                continue;
            }

            string took = level.Took is { } duration ? Seconds(duration) + " s later" : "not in time";
            output.WriteLine($"  healed at {Seconds(level.HealedAt)} s: all at one new height {took}");
        }

        foreach (Violation violation in report.Violations)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {violation.Kind} at {ReportJson.Seconds(violation.At):0.###} s: {violation.Text}"));
        }

        if (report.Violations.Count > 0)
        {
            output.WriteLine($"  version {ReportJson.Version}");
            output.WriteLine("  again: " + replay);
        }
    }
}
