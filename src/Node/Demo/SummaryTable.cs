using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Neighbours;

namespace EnergyNode.Node.Demo;

/// <summary>The outcome for people: each home, each validator, and the whole in a few lines.</summary>
internal static class SummaryTable
{
    private const string HomesHeading = "kWh; money in currency units. A bill below zero is income.\n\n";

    public static string Render(DemoSummary summary)
    {
        StringBuilder text = new();
        text.Append(HomesHeading);
        AppendHomes(text, summary);
        text.Append('\n');
        if (summary.Neighbours is { } neighbours)
        {
            NeighbourTable.Append(text, neighbours);
            text.Append('\n');
        }

        AppendValidators(text, summary.Validators);
        text.Append('\n');
        AppendWhole(text, summary);
        return text.ToString();
    }

    private static void AppendHomes(StringBuilder text, DemoSummary summary)
    {
        IReadOnlyList<HomeBill> homes = summary.Market.Homes;
        List<string[]> rows =
        [
            ["", "", "", "own", "local", "local", "utility", "utility", "", "without", ""],
            ["home", "used", "generated", "used", "bought", "sold", "bought", "sold", "bill", "market", "saved"],
        ];
        rows.AddRange(summary.Neighbours is { } neighbours
            ? HomeGroups.Of(neighbours.Neighbourhood, homes).Select(group => Row(group.Name, Sum(group.Homes)))
            : homes.Select(home => Row(home.Account.ToString(), home.Statement)));
        rows.Add(Row("all", Sum(homes)));
        AppendAligned(text, rows);
    }

    private static string[] Row(string name, in Statement s) =>
    [
        name,
        Kwh(s.Consumption.Wh),
        Kwh(s.Generation.Wh),
        Kwh(s.SelfConsumed.Wh),
        Kwh(s.BoughtLocally.Wh),
        Kwh(s.SoldLocally.Wh),
        Kwh(s.BoughtFromUtility.Units / Grid.UnitsPerWattHour),
        Kwh(s.SoldToUtility.Units / Grid.UnitsPerWattHour),
        Units(s.Bill),
        Units(s.WithoutMarket),
        Units(s.WithoutMarket - s.Bill),
    ];

    private static Statement Sum(IReadOnlyList<HomeBill> homes) => homes.Select(home => home.Statement).Aggregate(
        default(Statement),
        static (left, right) => new Statement
        {
            Consumption = left.Consumption + right.Consumption,
            Generation = left.Generation + right.Generation,
            SelfConsumed = left.SelfConsumed + right.SelfConsumed,
            BoughtLocally = left.BoughtLocally + right.BoughtLocally,
            SoldLocally = left.SoldLocally + right.SoldLocally,
            BoughtFromUtility = left.BoughtFromUtility + right.BoughtFromUtility,
            SoldToUtility = left.SoldToUtility + right.SoldToUtility,
            PaidLocally = left.PaidLocally + right.PaidLocally,
            EarnedLocally = left.EarnedLocally + right.EarnedLocally,
            GridFees = left.GridFees + right.GridFees,
            CongestionRent = left.CongestionRent + right.CongestionRent,
            Losses = left.Losses + right.Losses,
            PaidForLosses = left.PaidForLosses + right.PaidForLosses,
            PaidToUtility = left.PaidToUtility + right.PaidToUtility,
            EarnedFromUtility = left.EarnedFromUtility + right.EarnedFromUtility,
            WithoutMarket = left.WithoutMarket + right.WithoutMarket,
        });

    private static void AppendValidators(StringBuilder text, IReadOnlyList<ValidatorFigures> validators)
    {
        List<string[]> rows = [["validator", "height", "state root", "peak memory"]];
        rows.AddRange(validators.Select(validator => (string[])
        [
            validator.Name,
            validator.Height.ToString(),
            validator.StateRoot.Short() + "…",
            string.Create(CultureInfo.InvariantCulture, $"{validator.PeakMemoryKib / 1_024m:0} MB"),
        ]));
        AppendAligned(text, rows);
    }

    private static void AppendWhole(StringBuilder text, DemoSummary summary)
    {
        MarketTotals t = summary.Market.Totals;
        long quarantined = Enum.GetValues<QuarantineRule>().Sum(summary.Input.Count);
        long flags = Enum.GetValues<FlagRule>().Sum(summary.Input.Count);
        bool equal = summary.Validators.All(validator => validator.StateRoot == summary.Market.StateRoot);
        text.Append(CultureInfo.InvariantCulture, $"{t.OpenEpoch} epochs with {t.Readings} readings in ");
        text.Append(CultureInfo.InvariantCulture, $"{summary.Market.Height} blocks, {summary.ElapsedSeconds:0.0} s; ");
        text.Append(CultureInfo.InvariantCulture, $"{quarantined} readings quarantined or missing, {flags} flags\n");
        text.Append(CultureInfo.InvariantCulture, $"{t.Trades} trades, {t.Orders} orders, {Kwh(t.Traded.Wh)} kWh; ");
        text.Append(CultureInfo.InvariantCulture, $"grid fees {Units(t.GridFees)}, ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"losses {Kwh(t.Losses.Units / Grid.UnitsPerWattHour)} kWh for {Units(t.PaidForLosses)}, ");
        text.Append(CultureInfo.InvariantCulture, $"{t.EpochsWithoutTrade} epochs without a trade\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"finality {summary.FinalityMsP50:0} ms (median), {summary.FinalityMsP99:0} ms (99th percentile)\n");
        text.Append(equal ? "all validators agree on one state" : "THE VALIDATORS DO NOT AGREE");
        text.Append(
            CultureInfo.InvariantCulture,
            $"; token imbalance {summary.Market.TokenImbalance}, money imbalance {summary.Market.MoneyImbalance}\n");
        if (summary.RefusedOrders > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{summary.RefusedOrders} orders were not taken because the home's money did not reach\n");
        }
    }

    /// <summary>The first column to the left, the others to the right.</summary>
    internal static void AppendAligned(StringBuilder text, List<string[]> rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            StringBuilder line = new(row[0].PadRight(widths[0]));
            for (int column = 1; column < row.Length; column++)
            {
                line.Append("  ").Append(row[column].PadLeft(widths[column]));
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }

    private static string Kwh(long wh) => (wh / 1_000m).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Units(Money money) =>
        (money.Micro / 1_000_000m).ToString("0.00", CultureInfo.InvariantCulture);
}
