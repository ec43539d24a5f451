using System;

namespace EnergyNode.Market.Metering;

/// <summary>
/// VEE-18: between two register counts the energy is known whatever is missing. The estimates share what the measured
/// intervals leave of it in proportion, or evenly when all are zero.
/// </summary>
internal sealed class RegisterShare(
    MeterSeries series, int channel, long[] values, ReadingQuality[] qualities)
{
    public void Run()
    {
        int last = -1;
        for (int at = 0; at < series.Count; at++)
        {
            if (!series.Has(at) || series.Register(channel, at) is not { } count)
            {
                continue;
            }

            if (last >= 0)
            {
                Share(last + 1, at, count - series.Register(channel, last)!.Value);
            }

            last = at;
        }
    }

    /// <param name="from">The first interval.</param>
    /// <param name="to">The last one.</param>
    /// <param name="counted">What the register counted in all of them.</param>
    private void Share(int from, int to, long counted)
    {
        long rest = counted;
        Int128 sum = 0;
        int missing = 0;
        for (int at = from; at <= to; at++)
        {
            if (series.IsCredible(channel, at))
            {
                rest -= series.Value(channel, at);
                continue;
            }

            if (qualities[at] == ReadingQuality.Valid)
            {
                return;
            }

            missing++;
            sum += values[at];
        }

        if (missing == 0 || rest < 0)
        {
            return;
        }

        // The share up to each interval is rounded down, so that the shares add up to the rest exactly.
        Int128 weights = sum > 0 ? sum : missing;
        Int128 weight = 0;
        long given = 0;
        for (int at = from; at <= to; at++)
        {
            if (!series.IsCredible(channel, at))
            {
                weight += sum > 0 ? values[at] : 1;
                long upTo = (long)(rest * weight / weights);
                values[at] = upTo - given;
                qualities[at] = ReadingQuality.Derived;
                given = upTo;
            }
        }
    }
}
