using System;
using System.Collections.Generic;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>
/// Divides what a register counted into quarter-hours (VEE-22). The register is cut off to whole Wh at each border, so
/// that what is cut off is carried on and the quarter-hours add up to the difference of the whole counts.
/// </summary>
internal static class OcmfQuarterHours
{
    private const long QuarterMillis = MeteringLimits.IntervalSeconds * 1_000;

    /// <summary>The longest span between two counts that is interpolated, the one of VEE-16.</summary>
    public const long LongestSpanMillis = VeeLimits.InterpolatedIntervals * QuarterMillis;

    /// <summary>
    /// Whether it is known what the register counted in each quarter-hour between two counts: it stood still, or the
    /// span is short enough to interpolate.
    /// </summary>
    public static bool IsKnown(in OcmfCount from, in OcmfCount to) =>
        from.Energy == to.Energy || to.TimeMillis - from.TimeMillis <= LongestSpanMillis;

    /// <summary>Quarter-hours from the first count to the last.</summary>
    public static long CountFrom(IReadOnlyList<OcmfCount> counts) =>
        ((counts[^1].TimeMillis + QuarterMillis - 1) / QuarterMillis) - (counts[0].TimeMillis / QuarterMillis);

    /// <param name="counts">In the order of time; the register never falls.</param>
    /// <returns>In the order of time; none where it is not known what the register counted.</returns>
    public static IReadOnlyList<OcmfQuarter> Divide(IReadOnlyList<OcmfCount> counts)
    {
        List<OcmfQuarter> quarters = [];
        int first = 0;
        for (int at = 1; at <= counts.Count; at++)
        {
            if (at == counts.Count || !IsKnown(counts[at - 1], counts[at]))
            {
                DivideRun(counts, first, at - 1, quarters);
                first = at;
            }
        }

        return quarters;
    }

    /// <summary>Counts without a gap between them. One alone says nothing about any time.</summary>
    private static void DivideRun(IReadOnlyList<OcmfCount> counts, int first, int last, List<OcmfQuarter> quarters)
    {
        long begin = counts[first].TimeMillis;
        long end = counts[last].TimeMillis;
        int at = first;
        long before = WholeWattHours(counts[first].Energy.MicroWattHours);
        bool divided = false;
        for (long start = begin - (begin % QuarterMillis); start < end; start += QuarterMillis)
        {
            int line = counts[at].Line;
            bool informative = counts[at].IsInformative;
            long until = Math.Min(start + QuarterMillis, end);
            while (at < last && counts[at + 1].TimeMillis <= until)
            {
                at++;
                informative |= counts[at].IsInformative;
            }

            bool dividedBefore = divided;
            divided = counts[at].TimeMillis < until && counts[at].Energy != counts[at + 1].Energy;
            informative |= divided && counts[at + 1].IsInformative;
            long after = divided
                ? WholeWattHours(Between(counts[at], counts[at + 1], until))
                : WholeWattHours(counts[at].Energy.MicroWattHours);
            bool partial = start < begin || start + QuarterMillis > end;
            quarters.Add(new OcmfQuarter(
                line,
                start / 1_000,
                after - before,
                divided || dividedBefore ? ReadingQuality.Interpolated
                    : partial || informative ? ReadingQuality.Questionable
                    : ReadingQuality.Valid));
            before = after;
        }
    }

    /// <summary>Linear in time: 10¹⁸ µWh times two hours in ms stay far below 2¹²⁷.</summary>
    private static Int128 Between(in OcmfCount from, in OcmfCount to, long timeMillis)
    {
        Int128 counted = to.Energy.MicroWattHours - from.Energy.MicroWattHours;
        return from.Energy.MicroWattHours
            + (counted * (timeMillis - from.TimeMillis) / (to.TimeMillis - from.TimeMillis));
    }

    private static long WholeWattHours(Int128 microWattHours) =>
        (long)(microWattHours / ExactEnergy.FromWattHours(1).MicroWattHours);
}
