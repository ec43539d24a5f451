using System.Globalization;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Demo;

/// <summary>
/// A meter list for readings that come without one: every meter of the file, with a rating that four times its highest
/// energy still passes, and an account of its own.
/// </summary>
internal static class DerivedMeterList
{
    private const string Prefix = "home-";
    private const long QuartersPerHour = 4;

    public static MeterList From(ReadingFile file)
    {
        long highest = 1;
        foreach (RawReading reading in file.Readings)
        {
            highest = long.Max(highest, long.Max(reading.Consumption.Wh, reading.Generation.Wh));
        }

        Watts rating = new(long.Min(
            Limits.MaxRatingW, highest * DemoLimits.DerivedRatingFactor * QuartersPerHour));
        bool named = file.Meters.All(meter => Label.TryParse(Prefix + meter, out _));
        return new MeterList(
        [
            .. file.Meters.Select((meter, index) => new MeterConnection(
                meter,
                Prefix + (named
                    ? meter.ToString()
                    : (index + 1).ToString("D4", CultureInfo.InvariantCulture)),
                rating,
                rating)),
        ]);
    }
}
