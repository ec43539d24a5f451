using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>Puts samples into their intervals, and says what is odd about how they came: VEE-1, 2, 3 and 11.</summary>
internal static class ArrivalRules
{
    private const long StepMicros = MeteringLimits.IntervalSeconds * Instant.MicrosPerSecond;
    private const long ToleranceMicros = VeeLimits.ClockToleranceSeconds * Instant.MicrosPerSecond;

    /// <summary>What a stamp means: the nearest quarter of an hour, the later one in the middle.</summary>
    public static Instant Nearest(Instant stamp) => new((stamp.Micros + (StepMicros / 2)) / StepMicros * StepMicros);

    public static void Apply(MeterSeries series)
    {
        int latest = -1;
        for (int at = 0; at < series.Samples.Count; at++)
        {
            MeterSample sample = series.Samples[at];
            Instant start = Nearest(sample.Stamp);
            int interval = checked((int)(start.Since(series.First).Micros / StepMicros));
            if (series.Has(interval))
            {
                ReportDuplicate(series, sample, interval);
                continue;
            }

            series.Place(interval, at);
            if (interval < latest)
            {
                // VEE-3: late, but not wrong: the value takes its place.
                series.Report(
                    VeeRule.OutOfOrder, interval, $"arrived after a reading {latest - interval} intervals later");
            }

            latest = Math.Max(latest, interval);
            CheckClock(series, sample, start, interval);
        }

        ReportGaps(series);
    }

    /// <summary>VEE-2: the first one stays; another value makes it questionable.</summary>
    private static void ReportDuplicate(MeterSeries series, in MeterSample sample, int interval)
    {
        MeterSample first = series.Sample(interval);
        bool same = first.Consumption == sample.Consumption && first.Generation == sample.Generation;
        if (!same)
        {
            series.Doubt(interval);
        }

        series.Result.Add(new VeeFinding(
            VeeRule.Duplicate,
            sample.Line,
            sample.Meter,
            series.StartOf(interval),
            1,
            same
                ? "delivered again with equal values"
                : $"delivered again with {sample.Consumption} used and {sample.Generation} made, the first said "
                    + $"{first.Consumption} and {first.Generation}"));
    }

    private static void CheckClock(MeterSeries series, in MeterSample sample, Instant start, int interval)
    {
        // VEE-11
        long offset = sample.Stamp.Since(start).Micros;
        if (Math.Abs(offset) > ToleranceMicros)
        {
            series.Doubt(interval);
            series.Report(
                VeeRule.ClockDrift,
                interval,
                $"the stamp is {offset / Instant.MicrosPerSecond} s off the quarter of an hour, "
                + $"{VeeLimits.ClockToleranceSeconds} s are allowed");
        }
    }

    /// <summary>VEE-1: one finding for each run.</summary>
    private static void ReportGaps(MeterSeries series)
    {
        for (int at = 0; at < series.Count; at++)
        {
            int end = at;
            while (end < series.Count && !series.Has(end))
            {
                end++;
            }

            if (end > at)
            {
                series.Report(VeeRule.Gap, at, $"no reading in {end - at} intervals", end - at);
                at = end;
            }
        }
    }
}
