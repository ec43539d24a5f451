namespace EnergyNode.Market.Metering;

/// <summary>
/// VEE-7: a value of more than 2.8 times the third-highest around it, after the spike check of the California standards
/// (peak − third-highest peak above 180 % of the third). A real load of that size lasts longer than two intervals.
/// What a register confirms is none.
/// </summary>
internal static class SpikeRule
{
    private const long Tenth = 10;

    public static void Apply(MeterSeries series)
    {
        for (int channel = 0; channel < MeterSeries.Channels; channel++)
        {
            for (int at = 0; at < series.Count; at++)
            {
                if (series.IsCredible(channel, at) && !series.IsConfirmed(channel, at)
                    && series.Value(channel, at) >= VeeLimits.SpikeMinWattHours && IsSpike(series, channel, at))
                {
                    series.Refute(channel, at);
                    series.Report(
                        VeeRule.Spike, at,
                        $"{MeterSeries.NameOf(channel)} {series.Value(channel, at)} Wh is more than 2.8 times the "
                        + "third-highest value of half a day before and after");
                }
            }
        }
    }

    /// <summary>
    /// The third-highest of a set with the value on top is the second-highest of the others: the value is no spike when
    /// two others come near enough. Looking from near to far mostly ends after a few steps.
    /// </summary>
    private static bool IsSpike(MeterSeries series, int channel, int at)
    {
        long value = series.Value(channel, at);
        int near = 0;
        int known = 0;
        for (int step = 1; step <= VeeLimits.SpikeReach; step++)
        {
            for (int side = -1; side <= 1; side += 2)
            {
                int other = at + (side * step);
                if (other < 0 || other >= series.Count || !series.IsCredible(channel, other))
                {
                    continue;
                }

                known++;
                near += series.Value(channel, other) * VeeLimits.SpikeTenths >= value * Tenth ? 1 : 0;
                if (near == 2)
                {
                    return false;
                }
            }
        }

        return known >= VeeLimits.SpikeNeighbours;
    }
}
