using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using Xunit;

namespace EnergyNode.Market.Tests.Metering.Vee;

/// <summary>What stands in for missing values, and that it can go nowhere else.</summary>
public sealed class EstimationTests
{
    [Fact]
    public void Two_hours_are_interpolated_and_more_is_taken_from_reference_days()
    {
        List<MeterSample> samples = VeeSeries.Of(Enumerable.Range(0, 96 * 14).Select(at => (100L + (at % 96), 0L)));
        samples.RemoveAll(sample => IsIn(sample, 300, 8) || IsIn(sample, 600, 9));
        VeeResult result = VeeSeries.Run(samples, 96 * 14);

        Assert.Equal(
            "Interpolated 112, Interpolated 113, Interpolated 114, Interpolated 115",
            string.Join(", ", Enumerable.Range(300, 4).Select(at => Text(result, at))));
        Assert.Equal("ReferenceDay 124, ReferenceDay 125", Text(result, 600) + ", " + Text(result, 601));
        Assert.Equal(8, result.Qualities[ReadingQuality.Interpolated]);
        Assert.Equal(9, result.Qualities[ReadingQuality.ReferenceDay]);
    }

    [Theory]
    [InlineData(0, 1, "1")]
    [InlineData(0, 3, "2")]
    [InlineData(3, 0, "2")]
    public void Interpolation_rounds_halves_up(long before, long after, string expected)
    {
        List<MeterSample> samples = [VeeSeries.Sample(0, before, 0), VeeSeries.Sample(2, after, 0)];

        Assert.Equal("Interpolated " + expected, Text(VeeSeries.Run(samples, 3), 1));
    }

    /// <summary>The recording's noon is a Monday: days 5, 6, 12 and 13 are a weekend.</summary>
    [Fact]
    public void Reference_days_are_of_the_same_type()
    {
        List<MeterSample> samples = VeeSeries.Of(Enumerable.Range(0, 96 * 14).Select(at =>
            (at / 96 % 7 >= 5 ? 900L + (at % 5) : 100L + (at % 5), 0L)));
        int saturday = (96 * 5) + 10;
        int friday = (96 * 4) + 10;
        samples.RemoveAll(sample => IsIn(sample, saturday, 9) || IsIn(sample, friday, 9));
        DayCalendar noonToNoon = new(-12 * 60, []);

        VeeResult weekend = VeeSeries.Run(samples, 96 * 14, new VeeSettings { Calendar = noonToNoon });
        Assert.StartsWith("ReferenceDay 90", Text(weekend, saturday), StringComparison.Ordinal);
        Assert.StartsWith("ReferenceDay 10", Text(weekend, friday), StringComparison.Ordinal);

        long fourth = noonToNoon.DayOf(VeeSeries.At(friday));
        VeeResult holiday = VeeSeries.Run(
            samples, 96 * 14, new VeeSettings { Calendar = new DayCalendar(-12 * 60, [fourth, fourth + 2]) });
        Assert.StartsWith("ReferenceDay 90", Text(holiday, friday), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_other_day_an_interval_stays_missing()
    {
        VeeResult result = VeeSeries.Run([VeeSeries.Sample(20, 5, 0)], 30);

        Assert.IsType<VeeInterval.Missing>(result.Intervals[0]);
        Assert.Equal(1, result.Qualities.Values.Sum());
    }

    [Fact]
    public void Registers_say_what_the_estimates_add_up_to()
    {
        List<MeterSample> samples = VeeSeries.Of(
            Enumerable.Range(0, 20).Select(at => (at == 10 ? 1_000L : 100L + at, 0L)));
        VeeSeries.AddRegisters(samples, 20);
        samples.RemoveRange(9, 3);
        VeeResult result = VeeSeries.Run(samples, 20);

        Assert.Equal(
            109 + 1_000 + 111, Enumerable.Range(9, 3).Sum(at => Estimate(result, at).Consumption.ForDisplayWh));
        Assert.All(Enumerable.Range(9, 3), at => Assert.Equal(ReadingQuality.Derived, Estimate(result, at).Quality));
    }

    [Fact]
    public void The_raw_sample_stays_beside_its_estimate_and_the_good_half_stands()
    {
        List<MeterSample> samples = VeeSeries.Of(Enumerable.Range(0, 20).Select(at => (100L + at, 50L)));
        samples[10] = VeeSeries.Sample(10, -7, 55);
        VeeResult result = VeeSeries.Run(samples, 20);

        Assert.Equal(new WattHours(-7), result.Intervals[10].Raw!.Value.Consumption);
        EstimatedReading estimate = Estimate(result, 10);
        Assert.Equal((110, 55), (estimate.Consumption.ForDisplayWh, estimate.Generation.ForDisplayWh));
    }

    [Fact]
    public void An_edit_by_hand_is_an_estimate()
    {
        List<MeterSample> samples = VeeSeries.Of(Enumerable.Range(0, 5).Select(at => (100L + at, 0L)));
        ManualEdit edit = new(MeterId.Parse("m"), VeeSeries.At(2), 42, 0);
        VeeResult result = VeeSeries.Run(samples, 5, new VeeSettings { Edits = [edit] });

        Assert.Equal("Manual 42", Text(result, 2));
        Assert.Equal(new WattHours(102), result.Intervals[2].Raw!.Value.Consumption);
    }

    /// <summary>VEE-19: nothing takes an estimate and gives energy, a reading, or a command.</summary>
    [Fact]
    public void No_member_turns_an_estimate_into_something_of_the_ledger()
    {
        Type[] estimates = [typeof(EstimatedEnergy), typeof(EstimatedReading), typeof(VeeInterval.Estimated)];
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Type[] given =
            [typeof(WattHours), typeof(Grid), typeof(MeterReading), typeof(Command), typeof(MeasuredReading)];
        IEnumerable<MethodInfo> methods =
            typeof(VeeEngine).Assembly.GetTypes().SelectMany(type => type.GetMethods(All));

        Assert.DoesNotContain(methods, method => given.Any(one => one.IsAssignableFrom(method.ReturnType))
            && (method.GetParameters().Any(parameter => estimates.Contains(parameter.ParameterType))
                || estimates.Contains(method.DeclaringType!)));
        Assert.Empty(typeof(MeasuredReading).GetConstructors(BindingFlags.Public | BindingFlags.Instance));
        Assert.All(
            typeof(MeasuredReading).GetConstructors(All).SelectMany(one => one.GetParameters()),
            parameter => Assert.DoesNotContain(parameter.ParameterType, estimates));
    }

    private static bool IsIn(MeterSample sample, int from, int count) =>
        sample.Stamp >= VeeSeries.At(from) && sample.Stamp < VeeSeries.At(from + count);

    private static EstimatedReading Estimate(VeeResult result, int at) =>
        Assert.IsType<VeeInterval.Estimated>(result.Intervals[at]).Reading;

    private static string Text(VeeResult result, int at) =>
        $"{Estimate(result, at).Quality} {Estimate(result, at).Consumption.ForDisplayWh}";
}
