namespace EnergyNode.Market.Metering;

/// <summary>
/// VEE-10: between two register counts the intervals must add up to the difference. Where an interval is missing or
/// refuted the sum says nothing; VEE-18 uses the registers there.
/// </summary>
internal static class RegisterRule
{
    public static void Apply(MeterSeries series)
    {
        ConfirmCounted(series);
        for (int channel = 0; channel < MeterSeries.Channels; channel++)
        {
            int last = -1;
            bool whole = false;
            long sum = 0;
            for (int at = 0; at < series.Count; at++)
            {
                whole &= series.IsCredible(channel, at);
                sum += whole ? series.Value(channel, at) : 0;
                if (!series.Has(at) || series.Register(channel, at) is not { } count)
                {
                    continue;
                }

                if (last >= 0)
                {
                    Check(series, channel, last, at, whole ? sum : null);
                }

                (last, whole, sum) = (at, true, 0);
            }
        }
    }

    /// <summary>Such a consumption is a difference of counts already.</summary>
    private static void ConfirmCounted(MeterSeries series)
    {
        for (int at = 0; at < series.Count; at++)
        {
            if (series.Has(at) && series.Sample(at).IsCounted)
            {
                series.Confirm(MeterSeries.Consumption, at, 1);
            }
        }
    }

    private static void Check(MeterSeries series, int channel, int last, int at, long? sum)
    {
        long counted = series.Register(channel, at)!.Value - series.Register(channel, last)!.Value;
        string name = MeterSeries.NameOf(channel);
        if (counted < 0)
        {
            series.Doubt(last + 1, at - last);
            series.Report(
                VeeRule.RegisterMismatch, at, $"the register of {name} goes back by {-counted} Wh");
        }
        else if (sum is not { } stated)
        {
            return;
        }
        else if (System.Math.Abs(stated - counted) <= VeeLimits.RegisterToleranceWattHours)
        {
            series.Confirm(channel, last + 1, at - last);
        }
        else
        {
            series.Doubt(last + 1, at - last);
            series.Report(
                VeeRule.RegisterMismatch, at,
                $"the register of {name} counted {counted} Wh since its last count, {at - last} intervals say "
                + $"{stated} Wh");
        }
    }
}
