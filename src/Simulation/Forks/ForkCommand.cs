using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What <c>energynode sim fork</c> does and prints.</summary>
public static class ForkCommand
{
    /// <summary>Makes a fork with each seed, and says of each that is not explained why.</summary>
    /// <param name="template">Its seed does not matter.</param>
    /// <returns>1 when a fork is not explained or an honest one is named, 3 when liars made no fork, else 0.</returns>
    public static int Sweep(ForkOptions template, ulong first, ulong last, TextWriter output, bool json)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
        Stopwatch clock = Stopwatch.StartNew();
        List<ForkOutcome> outcomes = [];
        for (ulong seed = first; ; seed++)
        {
            ForkOutcome outcome = ForkTrial.Run(template with { Seed = seed });
            outcomes.Add(outcome);
            if (!json && !outcome.IsGood)
            {
                output.WriteLine($"seed {seed}: {Problem(outcome)}");
                output.WriteLine("  again: " + Replay(outcome.Options));
            }

            if (seed == last)
            {
                break;
            }
        }

        decimal seconds = Math.Round((decimal)clock.Elapsed.TotalSeconds, 3);
        if (json)
        {
            PrintJson(output, template, outcomes, seconds);
        }
        else
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{outcomes.Count} runs of {template.Validators} {template.Protocol.Word()} validators: "
                    + $"{Count(outcomes, static made => made.Height is not null)} forks "
                    + $"({Count(outcomes, static made => made.Height is not null && made.IsLater)} over views), "
                    + $"{Count(outcomes, static made => made.IsExplained)} explained from "
                    + $"{outcomes.Sum(static made => made.Testimonies.Count)} journals, "
                    + $"{Count(outcomes, static made => made.NamesHonest)} name an honest one, {seconds} s"));
        }

        return outcomes.Exists(static made => made.Height is not null && !made.IsGood) ? SimulationExit.Safety
            : outcomes.Exists(static made => made.Height is null) ? SimulationExit.Liveness
            : SimulationExit.Pass;
    }

    /// <summary>The command that repeats one.</summary>
    public static string Replay(ForkOptions options)
    {
        string liars = options.Liars is { } count
            ? string.Create(CultureInfo.InvariantCulture, $" --liars {count}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"dotnet run -c Release --project src/Node -- sim fork --seeds {options.Seed}..{options.Seed} "
                + $"--protocol {options.Protocol.Word()} --validators {options.Validators}{liars}");
    }

    private static string Problem(ForkOutcome outcome)
    {
        if (outcome.Height is null)
        {
            return $"{string.Join(", ", outcome.Liars)} made no fork: {outcome.Ending}";
        }

        string said = string.Join("; ", outcome.Testimonies.Select(
            static one => $"{SimulatedMarket.ValidatorName(one.Node)} names {string.Join(", ", one.Culprits)}"));
        return $"fork at height {outcome.Height}{(outcome.IsLater ? " over views" : "")} by "
            + $"{string.Join(", ", outcome.Liars)}: {said} {string.Join("; ", outcome.Violations)}";
    }

    private static int Count(List<ForkOutcome> outcomes, Func<ForkOutcome, bool> which) => outcomes.Count(which);

    private static void PrintJson(
        TextWriter output, ForkOptions template, List<ForkOutcome> outcomes, decimal seconds) =>
        ReportJson.Print(output, json =>
        {
            json.WriteString("protocol", template.Protocol.Word());
            json.WriteNumber("validators", template.Validators);
            json.WriteNumber("runs", outcomes.Count);
            json.WriteNumber("forks", Count(outcomes, static made => made.Height is not null));
            json.WriteNumber(
                "forksOverViews", Count(outcomes, static made => made.Height is not null && made.IsLater));
            json.WriteNumber("explained", Count(outcomes, static made => made.IsExplained));
            json.WriteNumber("journals", outcomes.Sum(static made => made.Testimonies.Count));
            json.WriteNumber("namesHonest", Count(outcomes, static made => made.NamesHonest));
            json.WriteStartArray("failures");
            foreach (ForkOutcome outcome in outcomes.Where(static made => !made.IsGood))
            {
                WriteFailure(json, outcome);
            }

            json.WriteEndArray();
            json.WriteNumber("realSeconds", seconds);
        });

    private static void WriteFailure(Utf8JsonWriter json, ForkOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteNumber("seed", outcome.Options.Seed);
        json.WriteString("text", Problem(outcome));
        json.WriteString("replay", Replay(outcome.Options));
        json.WriteEndObject();
    }
}
