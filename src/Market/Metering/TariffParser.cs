using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Metering;

/// <summary>
/// METER-3: reads hourly retail prices and carbon intensities; decimal text becomes whole millionths, exactly.
/// </summary>
public static class TariffParser
{
    public const string Header = "start_utc,retail_price_usd_per_kwh,carbon_kg_per_kwh";

    /// <param name="file">The name to show in errors.</param>
    /// <param name="bytes">The whole file.</param>
    public static ParseResult<TariffSchedule> Parse(string file, ReadOnlySpan<byte> bytes)
    {
        ErrorList errors = new(file);
        CsvDocument document = new(bytes, Header, "hour", MeteringLimits.MaxRows, errors);
        List<TariffHour> hours = [];
        Instant? previous = null;
        bool opened = document.Open();
        while (opened && document.Next(out CsvRow row))
        {
            if (!row.TakeTime(MeteringLimits.TariffIntervalSeconds, "a full hour", out Instant start))
            {
                continue;
            }

            if (previous is { } earlier && start <= earlier)
            {
                row.Fail("the hour does not follow the one before it", "sort the rows by time, each hour once");
                continue;
            }

            previous = start;
            if (row.TakeMillionths(
                    "the price", -BookLimits.MaxPriceMagnitude, BookLimits.MaxPriceMagnitude, out long price)
                && row.TakeMillionths(
                    "the carbon intensity", 0, MeteringLimits.MaxCarbonMilligramsPerKwh, out long carbon))
            {
                hours.Add(new TariffHour(start, new Price(price), carbon));
            }
        }

        return errors.Count > 0
            ? errors.Refuse<TariffSchedule>()
            : new ParseResult<TariffSchedule>(new TariffSchedule(hours));
    }
}
