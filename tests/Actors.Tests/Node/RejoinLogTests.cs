using EnergyNode.Consensus;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Actors.Tests.Node;

/// <summary>What is left of a doubt at a start and at a border (SWITCH-8).</summary>
public sealed class RejoinLogTests
{
    /// <summary>Told at 100 with a window of 4: its earlier life knew no decision above 104 and voted at 108 at most.
    /// </summary>
    private static readonly Doubt Told = new(new Height(100), 4);

    [Theory]
    [InlineData(0, 115, true)]
    [InlineData(0, 116, false)]
    [InlineData(105, 104, true)]
    [InlineData(105, 116, false)]
    [InlineData(100, 110, true)]
    public void A_doubt_ends_four_windows_above_what_was_told(long since, long decided, bool remains)
    {
        Assert.Equal(116, Told.Until.Value);
        Assert.Equal(remains ? Told : null, Told.At(new Height(since), new Height(decided)));
    }

    [Theory]
    [InlineData(101)]
    [InlineData(104)]
    public void A_border_that_the_earlier_life_may_have_passed_begins_it_anew(long since) =>
        Assert.Equal(Doubt.Unknown, Told.At(new Height(since), new Height(since - 1)));

    [Fact]
    public void What_is_unknown_stays_so_over_all_borders() =>
        Assert.Equal(Doubt.Unknown, Doubt.Unknown.At(new Height(1_000), new Height(5_000)));

    [Fact]
    public void A_told_height_near_the_highest_is_no_overflow() =>
        Assert.Equal(1L << 53, new Doubt(new Height(1L << 53), 8).Until.Value);
}
