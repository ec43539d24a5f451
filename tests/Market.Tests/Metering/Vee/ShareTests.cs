using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Market.Metering;
using Xunit;

namespace EnergyNode.Market.Tests.Metering.Vee;

/// <summary>VEE-22: what a register counted over several intervals, divided among them.</summary>
public sealed class ShareTests
{
    [Theory]
    [InlineData(ReadingQuality.Valid, ReadingQuality.Valid)]
    [InlineData(ReadingQuality.Questionable, ReadingQuality.Questionable)]
    [InlineData(ReadingQuality.Interpolated, ReadingQuality.Interpolated)]
    public void A_share_keeps_the_quality_that_its_source_states(ReadingQuality stated, ReadingQuality expected)
    {
        VeeResult result = VeeSeries.Run(
            [
                VeeSeries.Sample(0, 5, 0) with
                {
                    Stated = stated,
                },
            ],
            1);

        Assert.Equal(expected, Assert.IsType<VeeInterval.Measured>(result.Intervals[0]).Reading.Quality);
    }

    [Theory]
    [InlineData(ReadingQuality.Interpolated, 1)]
    [InlineData(ReadingQuality.Manual, 0)]
    [InlineData(ReadingQuality.ReferenceDay, 0)]
    [InlineData(ReadingQuality.Derived, 0)]
    [InlineData(ReadingQuality.Raw, 0)]
    public void Nothing_is_generated_by_a_share_and_no_other_estimate_is_a_sample(ReadingQuality stated, long made) =>
        Assert.Throws<ArgumentException>(() => VeeSeries.Run(
            [
                VeeSeries.Sample(0, 5, made) with
                {
                    Stated = stated,
                },
            ],
            1));

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_short_session_between_zeros_is_no_spike_when_a_register_counted_it(bool counted, int spikes)
    {
        List<MeterSample> samples = [.. VeeSeries.Of(Enumerable.Range(0, 60).Select(at => (at == 30 ? 2_500L : 0L, 0L)))
            .Select(sample => sample with
            {
                IsCounted = counted,
            })];

        VeeResult result = VeeSeries.Run(samples, 60);

        Assert.Equal(spikes, result.Findings.Count(static finding => finding.Rule == VeeRule.Spike));
        Assert.Equal(spikes == 0, result.Intervals[30] is VeeInterval.Measured);
    }
}
