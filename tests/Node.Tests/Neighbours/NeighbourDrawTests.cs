using System;
using System.IO;
using System.Linq;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Neighbours;
using Xunit;

namespace EnergyNode.Node.Tests.Neighbours;

public sealed class NeighbourDrawTests
{
    [Fact]
    public void Equal_seeds_draw_equal_homes_and_a_larger_neighbourhood_begins_with_the_smaller()
    {
        Neighbourhood small = Read(60, 5).Neighbourhood!;
        Neighbourhood large = Read(90, 5).Neighbourhood!;
        Neighbourhood other = Read(60, 6).Neighbourhood!;

        Assert.Equal(small.Homes, large.Homes.Take(60));
        Assert.Equal(small.Homes, Read(60, 5).Neighbourhood!.Homes);
        Assert.NotEqual(small.Homes, other.Homes);
    }

    [Fact]
    public void The_recorded_homes_come_first_and_are_as_recorded()
    {
        DemoInput input = Read(200, null);
        Neighbourhood neighbourhood = input.Neighbourhood!;

        Assert.Equal(17, neighbourhood.Recorded);
        Assert.Equal(183, neighbourhood.Drawn);
        Assert.All(neighbourhood.Homes.Take(17), home => Assert.True(home.IsRecorded));
        Assert.Equal(200, input.Meters.Count);
        Assert.Equal(96, input.Intervals.Count);
        Assert.Equal(96 * 200, input.ExpectedReadings);
        Assert.Equal(1_344, neighbourhood.Profiles.Quarters);
    }

    [Fact]
    public void The_north_has_the_roofs_and_the_south_the_cars()
    {
        Neighbourhood neighbourhood = Read(1_000, null).Neighbourhood!;
        HomePlan[] north = [.. neighbourhood.Homes.Where(home => home.Zone == 0 && !home.IsRecorded)];
        HomePlan[] south = [.. neighbourhood.Homes.Where(home => home.Zone == 1 && !home.IsRecorded)];

        Assert.InRange(Share(north, home => home.RoofPermille > 0), 0.72, 0.88);
        Assert.InRange(Share(south, home => home.RoofPermille > 0), 0.22, 0.38);
        Assert.InRange(Share(north, home => home.Charger is not null), 0.08, 0.22);
        Assert.InRange(Share(south, home => home.Charger is not null), 0.42, 0.58);
        Assert.All(neighbourhood.Homes, home => Assert.True(home.AskPercent < home.BidPercent));
        Assert.All(neighbourhood.Homes, home => Assert.True(home.Battery == BatteryUse.None || home.RoofPermille > 0));
    }

    [Theory]
    [InlineData(17, "--homes 17 is not possible; 17 are recorded, choose 18 to 1000, or leave it out")]
    [InlineData(2, "--homes 2 is not possible; 17 are recorded")]
    public void Fewer_homes_than_are_recorded_are_refused(int homes, string message)
    {
        DemoException refusal = Assert.Throws<DemoException>(() => Read(homes, null));
        Assert.True(refusal.IsUsage);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    internal static DemoInput Read(int homes, long? seed, int? days = null) => NeighbourInput.Read(
        new DemoOptions
        {
            Homes = homes,
            Seed = seed,
            Days = days,
        },
        Path.Combine(Configuration.Repository.Root, "data"));

    private static double Share(HomePlan[] homes, Func<HomePlan, bool> has) => (double)homes.Count(has) / homes.Length;
}
