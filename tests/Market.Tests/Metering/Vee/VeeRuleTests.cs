using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using Xunit;

namespace EnergyNode.Market.Tests.Metering.Vee;

/// <summary>Each threshold from both sides.</summary>
public sealed class VeeRuleTests
{
    [Theory]
    [InlineData(6_000, 1_900, "")]
    [InlineData(6_001, 1_900, "AboveRating@50+1")]
    [InlineData(6_000, 1_901, "AboveNameplate@50+1")]
    [InlineData(0, 0, "")]
    [InlineData(-1, 0, "Negative@50+1")]
    [InlineData(0, -1, "Negative@50+1")]
    public void A_value_is_held_against_the_connection(long used, long made, string expected)
    {
        List<MeterSample> samples = Load(144, at => 3_000 + (at % 7), made: at => 1_000 + (at % 11));
        samples[50] = VeeSeries.Sample(50, used, made);

        Assert.Equal(expected, Findings(samples, 144));
    }

    [Theory]
    [InlineData(1_120, "")]
    [InlineData(1_121, "Spike@50+1")]
    public void A_spike_is_2_8_times_the_third_highest(long used, string expected)
    {
        List<MeterSample> samples = Load(144, at => 300 + (at % 7));
        samples[40] = VeeSeries.Sample(40, 400, 0);
        samples[60] = VeeSeries.Sample(60, 400, 0);
        samples[50] = VeeSeries.Sample(50, used, 0);

        Assert.Equal(expected, Findings(samples, 144));
    }

    [Fact]
    public void A_register_confirms_a_spike()
    {
        List<MeterSample> samples = Load(144, at => 300 + (at % 7));
        samples[50] = VeeSeries.Sample(50, 5_000, 0);
        VeeSeries.AddRegisters(samples, 96);

        Assert.Equal("", Findings(samples, 144));
    }

    [Theory]
    [InlineData(15, "")]
    [InlineData(16, "StuckValue@50+16")]
    public void Consumption_is_stuck_after_four_hours(int count, string expected) => Assert.Equal(
        expected, Findings(Load(144, at => at >= 50 && at < 50 + count ? 299 : 300 + (at % 7)), 144));

    [Theory]
    [InlineData(5, 20, "")]
    [InlineData(6, 20, "StuckValue@50+6")]
    [InlineData(6, 19, "")]
    [InlineData(6, 1_804, "StuckValue@50+6")]
    [InlineData(6, 1_805, "")]
    public void Generation_is_stuck_sooner_but_not_at_the_inverters_limit(int count, long value, string expected) =>
        Assert.Equal(
            expected,
            Findings(
                Load(144, at => 300 + (at % 7), at => at >= 50 && at < 50 + count ? value : 1_500 + (at % 5)), 144));

    [Theory]
    [InlineData(23, "")]
    [InlineData(24, "ZeroRun@50+24")]
    public void Six_hours_of_nothing_are_a_zero_run(int count, string expected) => Assert.Equal(
        expected, Findings(Load(144, at => at >= 50 && at < 50 + count ? 0 : 300 + (at % 7)), 144));

    [Theory]
    [InlineData(2, "")]
    [InlineData(3, "RegisterMismatch@99+1")]
    [InlineData(-3, "RegisterMismatch@99+1")]
    public void A_register_may_differ_by_two_watt_hours(long more, string expected)
    {
        List<MeterSample> samples = Load(100, at => 300 + (at % 7));
        VeeSeries.AddRegisters(samples, 100);
        samples[50] = VeeSeries.Set(samples[50], samples[50].Consumption.Wh + more, 0);

        Assert.Equal(expected, Findings(samples, 100));
    }

    [Fact]
    public void A_register_never_goes_back()
    {
        List<MeterSample> samples = Load(100, at => 300 + (at % 7));
        VeeSeries.AddRegisters(samples, 100);
        samples[99] = samples[99] with { ConsumptionRegister = new WattHours(5) };

        Assert.Equal("RegisterMismatch@99+1", Findings(samples, 100));
    }

    [Theory]
    [InlineData(27, "")]
    [InlineData(28, "ClockDrift@50+1")]
    [InlineData(-27, "")]
    [InlineData(-28, "ClockDrift@50+1")]
    [InlineData(449, "ClockDrift@50+1")]
    [InlineData(450, "ClockDrift@51+1 Duplicate@51+1 Gap@50+1")]
    public void A_clock_may_be_off_by_27_seconds(long seconds, string expected)
    {
        List<MeterSample> samples = Load(100, at => 300 + (at % 7));
        MeterSample sample = samples[50];
        samples[50] = sample with { Stamp = sample.Stamp.Plus(Duration.FromSeconds(seconds)) };

        Assert.Equal(expected, Findings(samples, 100));
    }

    [Fact]
    public void Generation_by_night_is_learned_from_other_days_or_told_by_the_sun()
    {
        static bool IsDay(int at) => at % 96 is >= 4 and < 52;
        List<MeterSample> samples = Load(96 * 10, at => 300 + (at % 7), at => IsDay(at) ? 500 + (at % 5) : 0);
        int night = (96 * 5) + 70;
        samples[night] = VeeSeries.Sample(night, 300, 2);
        Assert.Equal("", Findings(samples, samples.Count));
        samples[night] = VeeSeries.Sample(night, 300, 3);
        Assert.Equal($"GenerationAtNight@{night}+1", Findings(samples, samples.Count));

        VeeResult alone = VeeSeries.Run(
            [.. samples.Skip(night - 2).Take(5).Select((sample, at) => sample with { Stamp = VeeSeries.At(at + 70) })],
            75,
            new VeeSettings { Site = VeeSeries.Fontana });
        Assert.Equal(1, alone.Count(VeeRule.GenerationAtNight));
    }

    [Fact]
    public void What_breaks_the_contract_is_a_bug_of_the_caller()
    {
        List<MeterSample> samples = Load(4, at => 300 + at);
        Assert.Throws<ArgumentException>(() => VeeSeries.Run(samples, 3));
        Assert.Throws<ArgumentException>(() => VeeSeries.Run(samples, MeteringLimits.MaxIntervals + 1));
        samples[2] = VeeSeries.Sample(2, MeteringLimits.MaxReadingWattHours + 1, 0);
        Assert.Throws<ArgumentException>(() => VeeSeries.Run(samples, 4));
    }

    private static List<MeterSample> Load(int count, Func<int, long> used, Func<int, long>? made = null) =>
        VeeSeries.Of(Enumerable.Range(0, count).Select(at => (used(at), made?.Invoke(at) ?? 0)));

    private static string Findings(List<MeterSample> samples, int count) => string.Join(
        ' ',
        VeeSeries.Run(samples, count).Findings
            .Select(finding => $"{finding.Rule}@{IntervalOf(finding)}+{finding.Intervals}").Order());

    private static long IntervalOf(VeeFinding finding) =>
        finding.Start.Since(Inputs.Noon).Micros / VeeSeries.StepMicros;
}
