using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Market.Tests.Books;

namespace EnergyNode.Market.Tests.Metering.Vee;

/// <summary>
/// Breaks a clean series as meters and links do. The size of a fault is drawn from the whole range that its rule
/// promises to see, its thresholds' edge included.
/// </summary>
internal sealed class FaultInjector(Xorshift dice, VeeRule rule)
{
    /// <summary>Two days for each fault: rules look half a day to each side.</summary>
    private const int Block = 192;

    /// <summary>The longest fault begins so late in its block at most that it ends in it.</summary>
    private const int Latest = 120;

    /// <param name="samples">Of one home, without gaps; is changed.</param>
    public List<Fault> Inject(List<MeterSample> samples)
    {
        List<Fault> faults = [];
        List<(int After, MeterSample Sample)> moved = [];
        HashSet<int> removed = [];
        for (int block = 0; block + Block <= samples.Count; block += Block)
        {
            int at = block + Between(1, Latest);
            faults.Add(rule switch
            {
                VeeRule.Gap => Remove(at, Between(1, 12), removed),
                VeeRule.Duplicate => Repeat(samples, at, moved),
                VeeRule.OutOfOrder => Delay(samples, at, moved, removed),
                VeeRule.Negative => Change(samples, at, Negative),
                VeeRule.AboveRating => Change(samples, at, old => (Between(6_001, 30_000), old.Made)),
                VeeRule.AboveNameplate => Change(samples, at, old => (old.Used, Between(1_901, 10_000))),
                VeeRule.Spike => Spike(samples, at),
                VeeRule.StuckValue => Stick(samples, at),
                VeeRule.ZeroRun => Silence(samples, at),
                VeeRule.RegisterMismatch => LosePulses(samples, at),
                VeeRule.ClockDrift => Drift(samples, at),
                VeeRule.GenerationAtNight => Shine(samples, block),
                VeeRule.ImportExportMismatch => Missplit(samples, at),
                _ => throw new InvalidOperationException($"{rule} is no fault of single intervals."),
            });
        }

        Rebuild(samples, moved, removed);
        return faults;
    }

    private int Between(int low, int high) => low + (int)(dice.Next() % (ulong)(high - low + 1));

    private Fault Remove(int at, int count, HashSet<int> removed)
    {
        removed.UnionWith(Enumerable.Range(at, count));
        return new Fault(rule, at, count);
    }

    private Fault Repeat(List<MeterSample> samples, int at, List<(int After, MeterSample Sample)> moved)
    {
        MeterSample again = samples[at];
        moved.Add((at + Between(0, 40), Between(0, 1) == 0
            ? again
            : VeeSeries.Set(again, Between(0, 2_000), again.Generation.Wh)));
        return new Fault(rule, at, 1);
    }

    private Fault Delay(
        List<MeterSample> samples, int at, List<(int After, MeterSample Sample)> moved, HashSet<int> removed)
    {
        moved.Add((at + Between(1, 40), samples[at]));
        removed.Add(at);
        return new Fault(rule, at, 1);
    }

    private (long Used, long Made) Negative((long Used, long Made) old) =>
        Between(0, 1) == 0 ? (-Between(1, 3_000), old.Made) : (old.Used, -Between(1, 1_000));

    private Fault Change(
        List<MeterSample> samples, int at, Func<(long Used, long Made), (long Used, long Made)> change)
    {
        (long used, long made) = change((samples[at].Consumption.Wh, samples[at].Generation.Wh));
        samples[at] = VeeSeries.Set(samples[at], used, made);
        return new Fault(rule, at, 1);
    }

    /// <summary>2.9 to 10 times the highest load around, as far as the connection carries it.</summary>
    private Fault Spike(List<MeterSample> samples, int at)
    {
        int from = Math.Max(0, at - 48);
        long highest = samples.GetRange(from, Math.Min(samples.Count, at + 49) - from)
            .Max(sample => sample.Consumption.Wh);
        long spike = Math.Min(6_000, highest * Between(29, 100) / 10);
        return Change(samples, at, old => (Math.Max(spike, 200), old.Made));
    }

    private Fault Stick(List<MeterSample> samples, int at)
    {
        while (samples[at].Consumption.Wh == 0)
        {
            at++;
        }

        int count = Between(16, 48);
        (long used, long made) = (samples[at].Consumption.Wh, samples[at].Generation.Wh);
        for (int next = at + 1; next < at + count; next++)
        {
            samples[next] = VeeSeries.Set(samples[next], used, made);
        }

        return new Fault(rule, at, count);
    }

    private Fault Silence(List<MeterSample> samples, int at)
    {
        int count = Between(24, 60);
        for (int next = at; next < at + count; next++)
        {
            samples[next] = VeeSeries.Set(samples[next], 0, samples[next].Generation.Wh);
        }

        return new Fault(rule, at, count);
    }

    /// <summary>An interval says 3 Wh to 1 kWh more or less than was counted: the day's sum is off.</summary>
    private Fault LosePulses(List<MeterSample> samples, int at)
    {
        long more = Between(3, 1_000);
        more = Between(0, 1) == 0 || samples[at].Consumption.Wh < more ? more : -more;
        Change(samples, at, old => (old.Used + more, old.Made));
        return new Fault(rule, at / 96 * 96, 96);
    }

    /// <summary>A clock that runs away, one way, from 28 s to at most 449 s.</summary>
    private Fault Drift(List<MeterSample> samples, int at)
    {
        int count = Between(1, 20);
        long offset = Between(28, 60);
        long sign = Between(0, 1) == 0 ? 1 : -1;
        for (int next = at; next < at + count; next++)
        {
            Instant stamp = samples[next].Stamp;
            samples[next] = samples[next] with { Stamp = new Instant(stamp.Micros + (sign * offset * 1_000_000)) };
            offset = Math.Min(449, offset + Between(1, 40));
        }

        return new Fault(rule, at, count);
    }

    /// <summary>Between 21:30 and 4:45 in California in August; the recording begins at one o'clock there.</summary>
    private Fault Shine(List<MeterSample> samples, int block)
    {
        int quarter = (Between(86, 114) - 4) % 96;
        int at = block + (quarter < 0 ? quarter + 96 : quarter);
        return Change(samples, at, old => (old.Used, Between(3, 600)));
    }

    private Fault Missplit(List<MeterSample> samples, int at)
    {
        MeterSample old = samples[at];
        samples[at] = old with { Import = new WattHours(old.Import.Wh + Between(1, 500)) };
        return new Fault(rule, at, 1);
    }

    private static void Rebuild(
        List<MeterSample> samples, List<(int After, MeterSample Sample)> moved, HashSet<int> removed)
    {
        List<MeterSample> rebuilt = [];
        for (int at = 0; at < samples.Count; at++)
        {
            if (!removed.Contains(at))
            {
                rebuilt.Add(samples[at]);
            }

            rebuilt.AddRange(moved.Where(one => one.After == at).Select(one => one.Sample));
        }

        samples.Clear();
        samples.AddRange(rebuilt);
    }
}
