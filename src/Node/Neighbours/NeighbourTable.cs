using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using EnergyNode.Ledger;
using EnergyNode.Node.Demo;

namespace EnergyNode.Node.Neighbours;

/// <summary>A neighbourhood over a day, for people.</summary>
internal static class NeighbourTable
{
    private const string NothingTraded = "-";

    public static void Append(StringBuilder text, NeighbourFigures figures)
    {
        Neighbourhood all = figures.Neighbourhood;
        text.Append(CultureInfo.InvariantCulture, $"{all.Homes.Count} homes in two zones: {all.Recorded} recorded, ");
        text.Append(CultureInfo.InvariantCulture, $"{all.Drawn} drawn from them with seed {all.Seed}. ");
        text.Append("Hours are UTC, energy is in kWh.\n\n");
        List<string[]> rows =
        [
            ["", "north", "south", "", "", "", "local", "self-", "", "", "to the", "line"],
            ["hour", "price", "price", "ahead", "used", "made", "share", "suff.", "stored", "cars", "south", "full"],
        ];
        rows.AddRange(figures.Day.Select(hour => Row(HourOf(hour), hour)));
        rows.Add(Row("all", figures.Whole));
        SummaryTable.AppendAligned(text, rows);
        AppendGrid(text, figures);
    }

    private static void AppendGrid(StringBuilder text, NeighbourFigures figures)
    {
        HourFigures whole = figures.Whole;
        decimal rent = whole.RentMicro / 1_000_000m;
        decimal lost = whole.Losses.Units / (decimal)(1_000 * Grid.UnitsPerWattHour);
        decimal paid = whole.PaidForLossesMicro / 1_000_000m;
        text.Append(CultureInfo.InvariantCulture, $"rent of full lines and feeders {rent:0.00}\n");
        text.Append(
            CultureInfo.InvariantCulture, $"lost on the way {lost:0.0} kWh, for which buyers paid {paid:0.00}\n");
        List<string> full = [.. figures.Day.Where(hour => hour.FullFeeders > 0).Select(HourOf)];
        text.Append(full.Count == 0
            ? "no feeder was full\n"
            : $"feeders were full in the hours {string.Join(' ', full)}\n");
    }

    private static string[] Row(string name, HourFigures hour) =>
    [
        name,
        Price(hour.Spot[0].Micro),
        Price(hour.Spot[1].Micro),
        Price(hour.Ahead.Aggregate(static (left, right) => left + right).Micro),
        Kwh(hour.ConsumptionWh),
        Kwh(hour.GenerationWh),
        Percent(hour.LocalShare),
        Percent(hour.SelfSufficiency),
        Kwh(hour.StoredWh),
        Kwh(hour.AllZones.CarWh),
        Kwh(hour.ToSouthWh),
        Percent((double)hour.FullEpochs / hour.Epochs),
    ];

    private static string HourOf(HourFigures hour) =>
        string.Create(CultureInfo.InvariantCulture, $"{hour.Start.Seconds / 3_600 % 24:00}:00");

    private static string Price(long? micro) =>
        micro is { } value ? (value / 1_000_000m).ToString("0.000", CultureInfo.InvariantCulture) : NothingTraded;

    private static string Percent(double? share) =>
        share is { } value ? (value * 100).ToString("0", CultureInfo.InvariantCulture) + "%" : NothingTraded;

    /// <summary>Whole ones, so that a line fits into 80 columns.</summary>
    private static string Kwh(long wh) => (wh / 1_000m).ToString("0", CultureInfo.InvariantCulture);
}
