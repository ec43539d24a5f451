using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Market.Tests.Books;
using Xunit;
using Xunit.Abstractions;

namespace EnergyNode.Market.Tests.Metering.Vee;

/// <summary>
/// A thousand faults of each kind in the clean homes: at least 99 % are seen, and at most 0.5 % of the intervals
/// without a fault are reported.
/// </summary>
public sealed class FaultRecallTests(ITestOutputHelper log)
{
    private const int Wanted = 1_000;

    private static readonly ReadingFile Recorded = Inputs.RealReadings();

    private static readonly Dictionary<string, List<MeterSample>> Homes =
        ((string[])[.. VeeSeries.CleanHomes, "B12", "B14", "B15"])
        .ToDictionary(home => home, home => VeeSeries.Of(Recorded, home));

    [Theory]
    [InlineData(VeeRule.Gap)]
    [InlineData(VeeRule.Duplicate)]
    [InlineData(VeeRule.OutOfOrder)]
    [InlineData(VeeRule.Negative)]
    [InlineData(VeeRule.AboveRating)]
    [InlineData(VeeRule.AboveNameplate)]
    [InlineData(VeeRule.Spike)]
    [InlineData(VeeRule.StuckValue)]
    [InlineData(VeeRule.ZeroRun)]
    [InlineData(VeeRule.RegisterMismatch)]
    [InlineData(VeeRule.ClockDrift)]
    [InlineData(VeeRule.GenerationAtNight)]
    [InlineData(VeeRule.ImportExportMismatch)]
    public void Faults_are_seen_and_nothing_else(VeeRule rule)
    {
        foreach (VeeSettings settings in (VeeSettings[])[new(), new() { Site = VeeSeries.Fontana }])
        {
            Xorshift dice = new(20_160_801 + (ulong)rule);
            Tally tally = default;
            while (tally.Faults < Wanted)
            {
                foreach (string home in VeeSeries.CleanHomes)
                {
                    tally = Add(tally, home, new FaultInjector(dice, rule), rule, settings);
                }
            }

            log.WriteLine($"{rule}, site {settings.Site is not null}: {tally}");
            Assert.True(tally.Seen * 100 >= tally.Faults * 99, $"{rule}: {tally}");
            Assert.True(tally.FalseAlarms * 1_000 <= tally.Clean * 5, $"{rule}: {tally}");
        }
    }

    [Fact]
    public void The_clean_homes_are_clean_and_the_odd_ones_are_flagged_as_they_come()
    {
        foreach (VeeSettings settings in (VeeSettings[])[new(), new() { Site = VeeSeries.Fontana }])
        {
            foreach (string home in VeeSeries.CleanHomes)
            {
                Assert.Equal([], Run(Homes[home], home, settings).Findings);
            }

            Assert.Equal(
                "B12: ZeroRun, B14: ClippedLoad, B15: ZeroRun",
                string.Join(", ", ((string[])["B12", "B14", "B15"]).Select(home =>
                    $"{home}: {string.Join(' ', RulesOf(home, settings))}")));
        }
    }

    private static IEnumerable<VeeRule> RulesOf(string home, VeeSettings settings) =>
        Run(Homes[home], home, settings).Findings.Select(finding => finding.Rule).Distinct();

    private static Tally Add(Tally tally, string home, FaultInjector injector, VeeRule rule, VeeSettings settings)
    {
        List<MeterSample> samples = [.. Homes[home]];
        int intervals = samples.Count;
        if (rule == VeeRule.RegisterMismatch)
        {
            VeeSeries.AddRegisters(samples, 96);
        }

        List<Fault> faults = injector.Inject(samples);
        VeeResult result = Run(samples, home, settings);
        bool[] reported = new bool[intervals];
        foreach (VeeFinding finding in result.Findings)
        {
            int from = IntervalOf(finding.Start);
            from = finding.Rule == VeeRule.RegisterMismatch ? from - 95 : from;
            reported.AsSpan(from, finding.Rule == VeeRule.RegisterMismatch ? 96 : finding.Intervals).Fill(true);
        }

        bool[] touched = new bool[intervals];
        foreach (Fault fault in faults)
        {
            touched.AsSpan(fault.From, fault.Count).Fill(true);
        }

        return new Tally(
            tally.Faults + faults.Count,
            tally.Seen + faults.Count(fault => IsSeen(fault, result)),
            tally.Clean + touched.Count(one => !one),
            tally.FalseAlarms + Enumerable.Range(0, intervals).Count(at => reported[at] && !touched[at]));
    }

    private static bool IsSeen(Fault fault, VeeResult result) => result.Findings.Any(finding =>
        finding.Rule == fault.Rule && IntervalOf(finding.Start) < fault.From + fault.Count
        && IntervalOf(finding.Start) + finding.Intervals > fault.From);

    private static int IntervalOf(Instant start) =>
        (int)(start.Since(Recorded.FirstStart).Micros / VeeSeries.StepMicros);

    private static VeeResult Run(List<MeterSample> samples, string home, VeeSettings settings) => VeeEngine.Run(
        VeeSeries.Connection(home), samples, Recorded.FirstStart, Recorded.LastStart,
        settings with { Calendar = VeeSeries.Pacific });

    private readonly record struct Tally(long Faults, long Seen, long Clean, long FalseAlarms);
}
