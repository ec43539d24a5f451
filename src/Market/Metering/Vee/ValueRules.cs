using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>What a single sample cannot or should not say: VEE-4, 5, 6 and 14.</summary>
internal static class ValueRules
{
    public static void Apply(MeterSeries series)
    {
        for (int at = 0; at < series.Count; at++)
        {
            if (series.Has(at))
            {
                Check(series, at);
            }
        }
    }

    private static void Check(MeterSeries series, int at)
    {
        MeterSample sample = series.Sample(at);
        bool negative = false;
        for (int channel = 0; channel < MeterSeries.Channels; channel++)
        {
            // VEE-4
            long value = series.Value(channel, at);
            if (value < 0)
            {
                negative = true;
                series.Refute(channel, at);
                series.Report(VeeRule.Negative, at, $"{MeterSeries.NameOf(channel)} is {value} Wh");
            }
        }

        // VEE-5
        WattHours most = series.Meter.ImportRating.PerInterval;
        if (sample.Consumption > most)
        {
            series.Refute(MeterSeries.Consumption, at);
            series.Report(
                VeeRule.AboveRating, at,
                $"consumption {sample.Consumption} is more than {most} at {series.Meter.ImportRating}");
        }

        // VEE-6
        WattHours mostMade = series.Meter.ExportRating.PerInterval;
        if (sample.Generation > mostMade)
        {
            series.Refute(MeterSeries.Generation, at);
            series.Report(
                VeeRule.AboveNameplate, at,
                $"generation {sample.Generation} is more than {mostMade} at {series.Meter.ExportRating}");
        }

        // VEE-14: a negative value has no parts.
        long difference = sample.Consumption.Wh - sample.Generation.Wh;
        if (!negative
            && (sample.Import.Wh != Math.Max(0, difference) || sample.Export.Wh != Math.Max(0, -difference)))
        {
            series.Doubt(at);
            series.Report(
                VeeRule.ImportExportMismatch, at,
                $"import {sample.Import} and export {sample.Export}, but consumption − generation = "
                + new WattHours(difference));
        }
    }
}
