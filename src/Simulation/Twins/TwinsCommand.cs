using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Twins;

/// <summary>What <c>energynode sim twins</c> does and prints.</summary>
public static class TwinsCommand
{
    /// <param name="run">What is to be run with the runner that it gets.</param>
    /// <returns>A <see cref="SimulationExit"/> code.</returns>
    public static int Run(
        TwinsOptions options, int jobs, Func<TwinsRunner, TwinsReport> run, TextWriter output, bool json)
    {
        Stopwatch clock = Stopwatch.StartNew();
        TwinsReport report = run(new TwinsRunner(options, jobs));
        decimal seconds = Math.Round((decimal)clock.Elapsed.TotalSeconds, 3);
        decimal rate = seconds > 0 ? Math.Round(report.Scenarios / seconds, 1) : 0;
        if (json)
        {
            PrintJson(output, options, report, seconds, rate);
        }
        else
        {
            PrintText(output, options, report, seconds, rate);
        }

        return report.ExitCode;
    }

    /// <summary>The command that repeats one scenario.</summary>
    public static string Replay(TwinsOptions options, TwinsScenario scenario) => string.Create(
        CultureInfo.InvariantCulture,
        $"dotnet run -c Release --project src/Node -- sim twins --protocol {options.Protocol.Word()} "
            + $"--validators {options.Validators} --twins {options.Twins} --rounds {options.Rounds} "
            + $"--scenario {scenario.Code}");

    private static void PrintText(
        TextWriter output, TwinsOptions options, TwinsReport report, decimal seconds, decimal rate)
    {
        foreach ((TwinsScenario scenario, string text, bool isFork) in report.Failures)
        {
            output.WriteLine($"scenario {scenario}: {(isFork ? "FORK" : "not live")}: {text}");
            output.WriteLine("  again: " + Replay(options, scenario));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Scenarios} scenarios of {options.Validators} {options.Protocol.Word()} validators, "
                + $"{options.Twins} of them with a twin, {options.Rounds} rounds: {report.Forks} forks, "
                + $"{report.Stalls} stalls, {seconds} s, {rate} scenarios/s"));
    }

    private static void PrintJson(
        TextWriter output, TwinsOptions options, TwinsReport report, decimal seconds, decimal rate) =>
        ReportJson.Print(output, json =>
        {
            json.WriteString("protocol", options.Protocol.Word());
            json.WriteNumber("validators", options.Validators);
            json.WriteNumber("twins", options.Twins);
            json.WriteNumber("rounds", options.Rounds);
            json.WriteNumber("scenarios", report.Scenarios);
            json.WriteNumber("forks", report.Forks);
            json.WriteNumber("stalls", report.Stalls);
            json.WriteStartArray("failures");
            foreach ((TwinsScenario scenario, string text, bool isFork) in report.Failures)
            {
                json.WriteStartObject();
                json.WriteNumber("scenario", scenario.Code);
                json.WriteString("kind", isFork ? "fork" : "stall");
                json.WriteString("text", text);
                json.WriteString("replay", Replay(options, scenario));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("digest", ReportJson.Hex(report.Digest));
            json.WriteNumber("steps", report.Steps);
            json.WriteNumber("realSeconds", seconds);
            json.WriteNumber("scenariosPerSecond", rate);
        });
}
