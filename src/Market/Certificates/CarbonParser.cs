using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Market.Certificates;

/// <summary>
/// METER-11: reads hourly carbon intensities of the grid, in g per kWh with up to three decimals, or out of a tariff
/// file (METER-3), which has them in kg per kWh.
/// </summary>
public static class CarbonParser
{
    public const string Header = "start_utc,carbon_g_per_kwh";

    private const long MillionthsPerMilligram = 1_000;

    /// <param name="file">The name to show in errors.</param>
    /// <param name="bytes">The whole file.</param>
    public static ParseResult<CarbonSchedule> Parse(string file, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> text = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        return text.StartsWith("start_utc,retail_price"u8) ? OfTariff(file, bytes) : OfGrams(file, bytes);
    }

    private static ParseResult<CarbonSchedule> OfTariff(string file, ReadOnlySpan<byte> bytes)
    {
        ParseResult<TariffSchedule> tariff = TariffParser.Parse(file, bytes);
        return tariff.Succeeded
            ? new ParseResult<CarbonSchedule>(new CarbonSchedule(
                tariff.Value.Hours.Select(static hour => KeyValuePair.Create(hour.Start, hour.CarbonMilligramsPerKwh))))
            : new ParseResult<CarbonSchedule>(tariff.Errors);
    }

    private static ParseResult<CarbonSchedule> OfGrams(string file, ReadOnlySpan<byte> bytes)
    {
        ErrorList errors = new(file);
        CsvDocument document = new(bytes, Header, "hour", MeteringLimits.MaxRows, errors);
        List<KeyValuePair<Instant, long>> hours = [];
        bool opened = document.Open();
        while (opened && document.Next(out CsvRow row))
        {
            if (!row.TakeTime(MeteringLimits.TariffIntervalSeconds, "a full hour", out Instant start))
            {
                continue;
            }

            if (hours.Count > 0 && start <= hours[^1].Key)
            {
                row.Fail("the hour does not follow the one before it", "sort the rows by time, each hour once");
                continue;
            }

            long most = MeteringLimits.MaxCarbonMilligramsPerKwh * MillionthsPerMilligram;
            if (row.TakeMillionths("the carbon intensity", 0, most, out long millionths)
                && (millionths % MillionthsPerMilligram == 0
                    || row.Fail("the intensity has more than 3 decimals", "round it to whole mg per kWh")))
            {
                hours.Add(KeyValuePair.Create(start, millionths / MillionthsPerMilligram));
            }
        }

        return errors.Count > 0
            ? errors.Refuse<CarbonSchedule>()
            : new ParseResult<CarbonSchedule>(new CarbonSchedule(hours));
    }
}
