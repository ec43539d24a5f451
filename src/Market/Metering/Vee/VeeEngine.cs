using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// Validation, editing and estimation of one meter's series, as docs/spec/vee.md says. A pure function: equal samples
/// and settings give equal results.
/// </summary>
public static class VeeEngine
{
    private const long StepMicros = MeteringLimits.IntervalSeconds * Instant.MicrosPerSecond;

    /// <summary>The quarter of an hour that a meter's stamp means (VEE-11).</summary>
    public static Instant IntervalOf(Instant stamp) => ArrivalRules.Nearest(stamp);

    /// <param name="meter">The meter, with what its connection and its plant can carry.</param>
    /// <param name="samples">In the order of arrival, all of this meter, from first to last.</param>
    /// <param name="first">The first interval that is expected, on the quarter of an hour.</param>
    /// <param name="last">The last one; at most <see cref="MeteringLimits.MaxIntervals"/> from first to last.</param>
    /// <param name="settings">Site, calendar, edits by hand.</param>
    /// <exception cref="ArgumentException">A sample or an instant is not as said here.</exception>
    public static VeeResult Run(
        MeterConnection meter,
        IReadOnlyList<MeterSample> samples,
        Instant first,
        Instant last,
        VeeSettings settings)
    {
        Check(meter, samples, first, last, settings);
        int count = (int)(last.Since(first).Micros / StepMicros) + 1;
        MeterSeries series = new(meter, samples, first, count);
        ArrivalRules.Apply(series);
        ValueRules.Apply(series);
        NightRule.Apply(series, settings.Site);
        RegisterRule.Apply(series);
        SpikeRule.Apply(series);
        RunRules.Apply(series);
        Estimator estimator = new(series, settings.Calendar);
        estimator.Run();
        series.Result.Intervals = Collect(series, estimator, settings.Edits);
        return series.Result;
    }

    private static void Check(
        MeterConnection meter,
        IReadOnlyList<MeterSample> samples,
        Instant first,
        Instant last,
        VeeSettings settings)
    {
        if (first.Micros < 0 || first.Micros % StepMicros != 0 || last < first || last.Micros % StepMicros != 0
            || last.Since(first).Micros / StepMicros >= MeteringLimits.MaxIntervals)
        {
            throw new ArgumentException("The span is not on quarters of an hour, empty or too long.", nameof(last));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Count, MeteringLimits.MaxRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.Edits.Count, VeeLimits.MaxEdits);
        foreach (MeterSample sample in samples)
        {
            if (sample.Meter != meter.Meter)
            {
                throw new ArgumentException($"A sample is of meter {sample.Meter}.", nameof(samples));
            }

            if (!IsInBounds(sample))
            {
                throw new ArgumentException($"The sample at {sample.Stamp} is out of range.", nameof(samples));
            }

            // VEE-22: nothing that mints is a share.
            if (sample.Stated
                    is not (ReadingQuality.Valid or ReadingQuality.Questionable or ReadingQuality.Interpolated)
                || (sample.Stated == ReadingQuality.Interpolated && sample.Generation.Wh != 0))
            {
                throw new ArgumentException(
                    $"The sample at {sample.Stamp} cannot be {sample.Stated}, or generates.", nameof(samples));
            }

            Instant start = IntervalOf(sample.Stamp);
            if (sample.Stamp.Micros < 0 || start < first || start > last)
            {
                throw new ArgumentException($"The sample at {sample.Stamp} is outside the span.", nameof(samples));
            }
        }
    }

    private static bool IsInBounds(in MeterSample sample)
    {
        ReadOnlySpan<long> energies =
            [sample.Consumption.Wh, sample.Generation.Wh, sample.Import.Wh, sample.Export.Wh];
        foreach (long energy in energies)
        {
            if (energy is < -MeteringLimits.MaxReadingWattHours or > MeteringLimits.MaxReadingWattHours)
            {
                return false;
            }
        }

        return (sample.ConsumptionRegister?.Wh ?? 0) is >= 0 and <= VeeLimits.MaxRegisterWattHours
            && (sample.GenerationRegister?.Wh ?? 0) is >= 0 and <= VeeLimits.MaxRegisterWattHours;
    }

    private static VeeInterval[] Collect(MeterSeries series, Estimator estimator, IReadOnlyList<ManualEdit> edits)
    {
        Dictionary<long, ManualEdit> byHand = [];
        foreach (ManualEdit edit in edits)
        {
            if (edit.Meter == series.Meter.Meter)
            {
                byHand[edit.Start.Micros] = edit;
            }
        }

        VeeInterval[] intervals = new VeeInterval[series.Count];
        for (int at = 0; at < intervals.Length; at++)
        {
            byHand.TryGetValue(series.StartOf(at).Micros, out ManualEdit? edit);
            intervals[at] = Decide(series, estimator, at, edit);
        }

        return intervals;
    }

    private static VeeInterval Decide(MeterSeries series, Estimator estimator, int at, ManualEdit? edit)
    {
        Instant start = series.StartOf(at);
        MeterSample? raw = series.Has(at) ? series.Sample(at) : null;
        MeterId meter = series.Meter.Meter;
        if (edit is not null)
        {
            series.Result.Add(ReadingQuality.Manual);
            return new VeeInterval.Estimated(start, raw, new EstimatedReading(
                meter, start, edit.Consumption, edit.Generation, ReadingQuality.Manual));
        }

        bool used = series.IsCredible(MeterSeries.Consumption, at);
        bool made = series.IsCredible(MeterSeries.Generation, at);
        if (raw is { } sample && used && made)
        {
            ReadingQuality quality = sample.Stated == ReadingQuality.Valid && series.IsDoubted(at)
                ? ReadingQuality.Questionable
                : sample.Stated;
            series.Result.Add(quality);
            return new VeeInterval.Measured(start, sample, new MeasuredReading(sample, start, quality));
        }

        if (!TryTake(series, estimator, MeterSeries.Consumption, at, out long consumption, out ReadingQuality first)
            || !TryTake(series, estimator, MeterSeries.Generation, at, out long generation, out ReadingQuality second))
        {
            return new VeeInterval.Missing(start, raw);
        }

        ReadingQuality weaker = Weaker(first, second);
        series.Result.Add(weaker);
        return new VeeInterval.Estimated(start, raw, new EstimatedReading(
            meter, start, new EstimatedEnergy(consumption), new EstimatedEnergy(generation), weaker));
    }

    /// <summary>The measured energy where it stands, so that an estimate replaces no more than it must.</summary>
    private static bool TryTake(
        MeterSeries series, Estimator estimator, int channel, int at, out long value, out ReadingQuality quality)
    {
        if (series.IsCredible(channel, at))
        {
            value = series.Value(channel, at);
            quality = ReadingQuality.Valid;
            return true;
        }

        return estimator.TryGet(channel, at, out value, out quality);
    }

    /// <summary>VEE-15: an interval is worth what its weaker half is: reference day, interpolated, derived.</summary>
    private static ReadingQuality Weaker(ReadingQuality left, ReadingQuality right) =>
        left == ReadingQuality.Valid ? right
        : right == ReadingQuality.Valid ? left
        : left < right ? left : right;
}
