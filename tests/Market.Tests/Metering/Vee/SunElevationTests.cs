using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using Xunit;

namespace EnergyNode.Market.Tests.Metering.Vee;

/// <summary>The sun in whole numbers against the sun in floating point, and against almanac values.</summary>
public sealed class SunElevationTests
{
    [Theory]
    [InlineData("2016-06-20T12:00:00Z", 51_477_900, 0, 61_960_000)]
    [InlineData("2016-12-21T12:00:00Z", 51_477_900, 0, 15_090_000)]
    [InlineData("2020-03-20T12:07:00Z", 0, 0, 90_000_000)]
    [InlineData("2016-06-20T00:00:00Z", -33_868_800, 151_209_300, 26_400_000)]
    public void Known_heights_are_met_within_half_a_degree(string time, long latitude, long longitude, long expected)
    {
        Instant instant = Instant.FromSeconds(DateTimeOffset.Parse(time, null).ToUnixTimeSeconds());
        long height = SunElevation.MicroDegrees(new Site(latitude, longitude), instant);

        Assert.InRange(height, expected - 500_000, expected + 500_000);
    }

    [Fact]
    public void Whole_numbers_follow_floating_point_within_a_tenth_of_a_degree()
    {
        for (int at = 0; at < 4_000; at++)
        {
            long seconds = 1_400_000_000 + (at * 86_399L);
            Site site = new((at % 171 * 1_000_000L) - 85_000_000, (at * 7 % 361 * 1_000_000L) - 180_000_000);
            double expected = Height(site, seconds);

            // Near the zenith a height follows from its sine badly, and nobody asks for it there.
            if (Math.Abs(expected) > 80)
            {
                continue;
            }

            Assert.InRange(
                SunElevation.MicroDegrees(site, Instant.FromSeconds(seconds)) / 1e6, expected - 0.1, expected + 0.1);
        }
    }

    private static double Height(Site site, long seconds)
    {
        double gamma = (seconds - 63_072_000 - 43_200) % 31_557_600.0 / 31_557_600 * 2 * Math.PI;
        double declination = 0.006918 - (0.399912 * Math.Cos(gamma)) + (0.070257 * Math.Sin(gamma))
            - (0.006758 * Math.Cos(2 * gamma)) + (0.000907 * Math.Sin(2 * gamma))
            - (0.002697 * Math.Cos(3 * gamma)) + (0.00148 * Math.Sin(3 * gamma));
        double equation = 0.000075 + (0.001868 * Math.Cos(gamma)) - (0.032077 * Math.Sin(gamma))
            - (0.014615 * Math.Cos(2 * gamma)) - (0.040849 * Math.Sin(2 * gamma));
        double hour = (seconds % 86_400 / 86_400.0 * 2 * Math.PI) - Math.PI
            + (site.LongitudeMicroDegrees / 1e6 * Math.PI / 180) + equation;
        double latitude = site.LatitudeMicroDegrees / 1e6 * Math.PI / 180;
        return Math.Asin((Math.Sin(latitude) * Math.Sin(declination))
            + (Math.Cos(latitude) * Math.Cos(declination) * Math.Cos(hour))) * 180 / Math.PI;
    }
}
