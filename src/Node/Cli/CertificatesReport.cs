using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using EnergyNode.Market.Certificates;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Cli;

/// <summary>A matching report as it is printed.</summary>
/// <param name="report">What to print.</param>
/// <param name="hasCarbon">Whether its hours have carbon intensities.</param>
/// <param name="chain">Where the ledger stood.</param>
internal sealed class CertificatesReport(MatchingReport report, bool hasCarbon, ChainVerification chain)
{
    private const int MicrogramsPerGram = 1_000_000;

    public string Text()
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{report.Account}, epochs {report.From} to {report.To}; energy in Wh, carbon in g CO2e\n");
        text.Append($"{"hour",-20} {"used",12} {"retired",12} {"matched",12} {"unmatched",12} {"score",8}");
        text.Append(hasCarbon ? $" {"g/kWh",10} {"avoided",12} {"residual",12}\n" : "\n");
        foreach (MatchedHour hour in report.Hours)
        {
            MatchingReport one = report with { Hours = [hour] };
            AppendRow(text, UtcTime.Render(hour.Start), one, Intensity(hour));
        }

        AppendRow(text, "all", report, "");
        text.Append($"score by the hour {Percent(report.ScorePpm)}, by volume {Percent(report.VolumePpm)}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"retired for the account and not matched: {report.Retired.Wh - report.Matched.Wh:N0} Wh\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"meters × epochs without a reading, counted as zero: {report.Unread:N0}\n");
        text.Append($"height {chain.Height}, state root {chain.StateRoot}");
        return text.ToString();
    }

    public JsonObject Json()
    {
        JsonObject sums = Sums(report);
        return new JsonObject
        {
            ["account"] = report.Account.ToString(),
            ["fromEpoch"] = report.From.Value,
            ["toEpoch"] = report.To.Value,
            ["totals"] = sums,
            ["volumePpm"] = report.VolumePpm,
            ["hours"] = new JsonArray([.. report.Hours.Select(hour =>
            {
                JsonObject one = Sums(report with { Hours = [hour] });
                one.Insert(0, "startUtc", UtcTime.Render(hour.Start));
                if (hasCarbon)
                {
                    one["carbonMilligramsPerKwh"] = hour.CarbonMilligramsPerKwh;
                }

                return one;
            })]),
            ["height"] = chain.Height.Value,
            ["stateRoot"] = chain.StateRoot.ToString(),
        };
    }

    private JsonObject Sums(MatchingReport sums)
    {
        JsonObject json = new()
        {
            ["consumptionWh"] = sums.Consumption.Wh,
            ["retiredWh"] = sums.Retired.Wh,
            ["matchedWh"] = sums.Matched.Wh,
            ["unmatchedWh"] = sums.Unmatched.Wh,
            ["surplusWh"] = sums.Retired.Wh - sums.Matched.Wh,
            ["scorePpm"] = sums.ScorePpm,
            ["unread"] = sums.Unread,
        };
        if (hasCarbon)
        {
            json["avoidedMicrograms"] = Number(sums.AvoidedMicrograms);
            json["residualMicrograms"] = Number(sums.ResidualMicrograms);
        }

        return json;
    }

    /// <summary>A JSON number of any size.</summary>
    private static JsonNode? Number(Int128 value) => JsonNode.Parse(value.ToString(CultureInfo.InvariantCulture));

    private void AppendRow(StringBuilder text, string name, MatchingReport sums, string intensity)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{name,-20} {sums.Consumption.Wh,12:N0} {sums.Retired.Wh,12:N0} {sums.Matched.Wh,12:N0}");
        text.Append(CultureInfo.InvariantCulture, $" {sums.Unmatched.Wh,12:N0} {Percent(sums.ScorePpm),8}");
        text.Append(hasCarbon
            ? $" {intensity,10} {Grams(sums.AvoidedMicrograms),12} {Grams(sums.ResidualMicrograms),12}\n"
            : "\n");
    }

    private static string Intensity(MatchedHour hour) => hour.CarbonMilligramsPerKwh is { } carbon
        ? ((decimal)carbon / 1_000).ToString("N3", CultureInfo.InvariantCulture)
        : "-";

    /// <summary>Rounded down to a gram.</summary>
    private static string Grams(Int128 micrograms) =>
        (micrograms / MicrogramsPerGram).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Rounded down to a hundredth of a percent.</summary>
    private static string Percent(int? ppm) => ppm is { } value
        ? ((decimal)(value / 100) / 100).ToString("0.00", CultureInfo.InvariantCulture) + " %"
        : "-";
}
