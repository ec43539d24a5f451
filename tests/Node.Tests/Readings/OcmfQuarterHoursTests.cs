using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Readings;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

/// <summary>The division into quarter-hours against one that follows every single Wh.</summary>
public sealed class OcmfQuarterHoursTests
{
    private const long Quarter = 900_000;
    private const long Micro = 1_000_000;

    [Fact]
    public void Each_whole_Wh_falls_into_the_quarter_hour_in_which_the_register_reached_it()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            List<OcmfCount> counts = Session(new Random(seed));

            IReadOnlyList<OcmfQuarter> quarters = OcmfQuarterHours.Divide(counts);

            SortedDictionary<long, long> expected = Naive(counts);
            Assert.True(
                expected.SequenceEqual(quarters.Where(static quarter => quarter.WattHours != 0).Select(
                    static quarter => KeyValuePair.Create(quarter.StartSeconds / 900, quarter.WattHours))),
                $"seed {seed}");
            Assert.Equal(WholeOfRuns(counts), quarters.Sum(static quarter => quarter.WattHours));
            Assert.All(quarters, quarter =>
                Assert.Equal(QualityOf(counts, quarter.StartSeconds * 1_000), quarter.Quality));
            Assert.Equal(quarters.OrderBy(static quarter => quarter.StartSeconds), quarters);
            Assert.Equal(quarters.Count, quarters.DistinctBy(static quarter => quarter.StartSeconds).Count());
        }
    }

    /// <summary>Readings on borders, at odd times, with standstills, and with gaps of hours.</summary>
    private static List<OcmfCount> Session(Random random)
    {
        long time = random.Next(1_000) * 1_000L;
        long energy = random.NextInt64(5 * Micro);
        List<OcmfCount> counts = [];
        for (int at = random.Next(2, 12); at > 0; at--)
        {
            counts.Add(new OcmfCount(1, 1, time, "SSSIR"[random.Next(5)], 'C', new ExactEnergy(energy)));
            long step = random.Next(6) switch
            {
                0 => Quarter - (time % Quarter),
                1 => OcmfQuarterHours.LongestSpanMillis,
                2 => OcmfQuarterHours.LongestSpanMillis + 1,
                3 => random.Next(1, 1_000),
                _ => random.Next(1, (int)(3 * Quarter)),
            };
            time += step;
            energy += random.Next(3) == 0 ? 0 : random.NextInt64(900 * Micro);
        }

        return counts;
    }

    /// <summary>A Wh is reached when the register, rising evenly, shows it; at a border it is of what ends.</summary>
    private static SortedDictionary<long, long> Naive(List<OcmfCount> counts)
    {
        SortedDictionary<long, long> quarters = [];
        foreach ((OcmfCount from, OcmfCount to) in Spans(counts))
        {
            Int128 rise = to.Energy.MicroWattHours - from.Energy.MicroWattHours;
            Int128 whole = ((from.Energy.MicroWattHours / Micro) + 1) * Micro;
            for (; whole <= to.Energy.MicroWattHours; whole += Micro)
            {
                Int128 timesRise = (from.TimeMillis * rise)
                    + ((whole - from.Energy.MicroWattHours) * (to.TimeMillis - from.TimeMillis));
                Int128 width = Quarter * rise;
                long quarter = (long)((timesRise + width - 1) / width) - 1;
                quarters[quarter] = quarters.GetValueOrDefault(quarter) + 1;
            }
        }

        return quarters;
    }

    private static IEnumerable<(OcmfCount From, OcmfCount To)> Spans(List<OcmfCount> counts) =>
        counts.Zip(counts.Skip(1)).Where(static pair => IsKnown(pair.First, pair.Second));

    private static bool IsKnown(OcmfCount from, OcmfCount to) =>
        from.Energy == to.Energy || to.TimeMillis <= from.TimeMillis + 7_200_000;

    /// <summary>Whole counts at the two ends of each run without a gap.</summary>
    private static long WholeOfRuns(List<OcmfCount> counts)
    {
        long sum = 0;
        foreach ((OcmfCount from, OcmfCount to) in Spans(counts))
        {
            sum += (long)((to.Energy.MicroWattHours / Micro) - (from.Energy.MicroWattHours / Micro));
        }

        return sum;
    }

    private static ReadingQuality QualityOf(List<OcmfCount> counts, long start)
    {
        long end = start + Quarter;
        List<(OcmfCount From, OcmfCount To)> spans =
            [.. Spans(counts).Where(span => span.From.TimeMillis < end && span.To.TimeMillis > start)];
        bool divided = spans.Any(span => span.From.Energy != span.To.Energy
            && ((span.From.TimeMillis < start && start < span.To.TimeMillis)
                || (span.From.TimeMillis < end && end < span.To.TimeMillis)));
        long covered = spans.Sum(span =>
            Math.Min(end, span.To.TimeMillis) - Math.Max(start, span.From.TimeMillis));
        bool informative = spans.Any(span => span.From.IsInformative
            || (span.To.IsInformative && span.To.TimeMillis <= end));
        return divided ? ReadingQuality.Interpolated
            : covered < Quarter || informative ? ReadingQuality.Questionable
            : ReadingQuality.Valid;
    }
}
