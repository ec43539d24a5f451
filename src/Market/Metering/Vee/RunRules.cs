namespace EnergyNode.Market.Metering;

/// <summary>Values that do not change, and zeros that mean more than nothing: VEE-8, 9 and 13.</summary>
internal static class RunRules
{
    public static void Apply(MeterSeries series)
    {
        ApplyRuns(series, MeterSeries.Consumption);
        ApplyRuns(series, MeterSeries.Generation);
        ApplyClipping(series);
    }

    private static void ApplyRuns(MeterSeries series, int channel)
    {
        int at = 0;
        while (at < series.Count)
        {
            int end = at + 1;
            while (series.IsCredible(channel, at) && end < series.Count && series.IsCredible(channel, end)
                && series.Value(channel, end) == series.Value(channel, at))
            {
                end++;
            }

            if (series.IsCredible(channel, at))
            {
                CheckRun(series, channel, at, end - at);
            }

            at = end;
        }
    }

    private static void CheckRun(MeterSeries series, int channel, int at, int length)
    {
        long value = series.Value(channel, at);
        if (channel == MeterSeries.Consumption && value == 0)
        {
            // VEE-9
            if (length >= VeeLimits.ZeroRunIntervals)
            {
                series.Doubt(at, length);
                series.Report(VeeRule.ZeroRun, at, $"no consumption in {length} intervals in a row", length);
            }
        }
        else if (IsStuck(series, channel, value, length))
        {
            // VEE-8
            series.Doubt(at, length);
            series.Report(
                VeeRule.StuckValue, at,
                $"{MeterSeries.NameOf(channel)} stays at {value} Wh in {length} intervals in a row", length);
        }
    }

    private static bool IsStuck(MeterSeries series, int channel, long value, int length)
    {
        if (channel == MeterSeries.Consumption)
        {
            return length >= VeeLimits.StuckConsumptionIntervals;
        }

        long most = series.Meter.ExportRating.PerInterval.Wh;
        return length >= VeeLimits.StuckGenerationIntervals
            && value >= VeeLimits.StuckMinGenerationWattHours
            && value * 100 < most * VeeLimits.InverterLimitPercent;
    }

    /// <summary>VEE-13, with the numbers of METER-8: it is a property of the meter, and reported once.</summary>
    private static void ApplyClipping(MeterSeries series)
    {
        int producing = 0;
        int zero = 0;
        int first = -1;
        for (int at = 0; at < series.Count; at++)
        {
            if (IsProducing(series, at))
            {
                producing++;
                if (series.Value(MeterSeries.Consumption, at) == 0)
                {
                    zero++;
                    first = first < 0 ? at : first;
                }
            }
        }

        if (zero < MeterTrack.ClippedIntervals || (long)zero * MeterTrack.ClippedOneIn < producing)
        {
            return;
        }

        for (int at = first; at < series.Count; at++)
        {
            if (IsProducing(series, at) && series.Value(MeterSeries.Consumption, at) == 0)
            {
                series.Doubt(at);
            }
        }

        series.Report(
            VeeRule.ClippedLoad, first, $"no consumption in {zero} of {producing} intervals with generation");
    }

    private static bool IsProducing(MeterSeries series, int at) =>
        series.IsCredible(MeterSeries.Consumption, at) && series.IsCredible(MeterSeries.Generation, at)
        && series.Value(MeterSeries.Generation, at) >= MeterTrack.ProducingWattHours;
}
