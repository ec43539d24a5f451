using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace EnergyNode.Simulation;

/// <summary>What <c>energynode sim shrink</c> does: a failing seed becomes the smallest scenario that still fails.
/// </summary>
public static class ShrinkCommand
{
    private const string Chaos = "dotnet run -c Release --project chaos -- run ";

    /// <summary>Shrinks a run and writes what is left to a scenario file.</summary>
    /// <param name="maxRuns">Simulations at most, from 1.</param>
    /// <param name="file">Written when the run fails.</param>
    /// <returns>0 when the run does not fail, else its <see cref="SimulationExit"/> code.</returns>
    public static int Run(SimulationOptions options, int maxRuns, string file, TextWriter output, bool json)
    {
        Stopwatch clock = Stopwatch.StartNew();
        SimulationOptions original = PlanReductions.WrittenOut(options);
        if (new PlanShrinker(First, maxRuns).Shrink(options) is not { } result)
        {
            Pass(options, output, json);
            return SimulationExit.Pass;
        }

        string name = Path.GetFileNameWithoutExtension(file);
        string text = ScenarioText.Of(name, $"{result.Violation.Kind}: {result.Violation.Text}", result.Smallest);
        File.WriteAllText(file, text);
        decimal seconds = decimal.Round((decimal)clock.Elapsed.TotalSeconds, 3);
        if (json)
        {
            PrintJson(original, result, file, seconds, output);
        }
        else
        {
            Print(original, result, file, text, seconds, output);
        }

        return result.Violation.IsSafety ? SimulationExit.Safety : SimulationExit.Liveness;
    }

    private static Violation? First(SimulationOptions options) =>
        SimulatedCluster.Run(options).Violations.FirstOrDefault();

    private static void Pass(SimulationOptions options, TextWriter output, bool json)
    {
        if (json)
        {
            ReportJson.Print(output, writer =>
            {
                writer.WriteNumber("seed", options.Seed);
                writer.WriteNull("violation");
                writer.WriteString("version", ReportJson.Version);
            });
        }
        else
        {
            output.WriteLine($"seed {options.Seed}: ok; there is nothing to shrink");
        }
    }

    private static void Print(
        SimulationOptions original, ShrinkResult result, string file, string text, decimal seconds, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {original.Seed}: {result.Violation.Kind}: {result.Violation.Text}"));
        IEnumerable<string> changes = Sizes(original).Zip(
            Sizes(result.Smallest),
            (before, after) => string.Create(
                CultureInfo.InvariantCulture, $"{before.Name} {before.Size} -> {after.Size}"));
        output.WriteLine("  " + string.Join(", ", changes));
        string end = result.IsDone ? "no single step makes it smaller" : "stopped there; --runs allows more";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {result.Runs} runs in {seconds} s; {end}"));
        output.WriteLine(text.TrimEnd());
        output.WriteLine($"  version {ReportJson.Version}");
        output.WriteLine("  again: " + Chaos + file);
    }

    private static void PrintJson(
        SimulationOptions original, ShrinkResult result, string file, decimal seconds, TextWriter output) =>
        ReportJson.Print(output, json =>
        {
            json.WriteNumber("seed", original.Seed);
            json.WriteString("violation", result.Violation.Kind.ToString());
            json.WriteString("text", result.Violation.Text);
            foreach ((string key, SimulationOptions options) in
                ((string, SimulationOptions)[])[("before", original), ("after", result.Smallest)])
            {
                json.WriteStartObject(key);
                foreach ((string name, decimal size) in Sizes(options))
                {
                    json.WriteNumber(name, size);
                }

                json.WriteEndObject();
            }

            json.WriteNumber("runs", result.Runs);
            json.WriteBoolean("isDone", result.IsDone);
            json.WriteString("file", file);
            json.WriteString("version", ReportJson.Version);
            json.WriteString("replay", Chaos + file);
            json.WriteNumber("realSeconds", seconds);
        });

    private static (string Name, decimal Size)[] Sizes(SimulationOptions options) =>
    [
        ("validators", options.Validators),
        ("joiners", options.Joiners),
        ("liars", options.Faults!.Liars.Count),
        ("faults", options.Faults.Timeline.Count),
        ("epochs", options.Epochs),
        ("homes", options.Homes),
        ("seconds", ReportJson.Seconds(options.Faults.HealsAt)),
    ];
}
