using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Pow;
using EnergyNode.Consensus.Tests.Conformance;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pow;

/// <summary>Networks that are split and healed, machines that begin and end at given heights.</summary>
public sealed class ForkTests
{
    [Fact]
    public void A_split_shorter_than_half_of_k_heals_within_six_blocks_and_without_a_fork()
    {
        LocalNet net = new(ConsensusProtocol.Pow, 4, findsEach: 1);
        net.Offer("before");
        net.SideOf = node => node / 2;
        net.Offer("while split");
        net.SideOf = static _ => 0;
        int before = net.Found.Sum();

        net.Grant(2);
        net.RunIdle(rounds: 4);

        Assert.True(net.Found.Sum() - before <= 6);
        Assert.Single(net.Heads.Distinct());
        net.Grant(int.MaxValue);
        net.RunIdle(rounds: 4);
        Assert.All(net.Blocks, blocks => Assert.Equal(
            net.Blocks[0].Select(block => block.Hash), blocks.Select(block => block.Hash)));
        Assert.All(net.Forks, Assert.Null);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 12)]
    [InlineData(12, 4)]
    public void Of_two_sides_that_made_different_blocks_final_the_lighter_one_stops(int left, int right)
    {
        LocalNet net = new(ConsensusProtocol.Pow, 4);
        net.Offer("common");
        int common = net.Blocks[0].Count;
        net.SideOf = node => node / 2;
        net.OfferTo(node => node < 2, Names("left", left));
        net.OfferTo(node => node >= 2, Names("right", right));
        Assert.NotEqual(net.Blocks[0][^1].Hash, net.Blocks[2][^1].Hash);

        net.SideOf = static _ => 0;
        net.Offer("after");
        net.RunIdle(rounds: 30);

        int[] stopped = [.. Enumerable.Range(0, 4).Where(node => net.Forks[node] is not null)];
        Assert.Equal(left < right ? [0, 1] : [2, 3], stopped);
        foreach (int node in stopped)
        {
            ConsensusEffect.DeepFork fork = net.Forks[node]!;
            Assert.InRange(fork.Ancestor.Value, common, fork.Final.Value - 1);
            int at = (int)fork.Ancestor.Value;
            int winner = left < right ? 2 : 0;
            Assert.Equal(net.Blocks[winner][at].Hash, fork.OtherBlock);
            Assert.Equal(net.Blocks[winner][at - 1].Hash, net.Blocks[node][at - 1].Hash);
            Assert.Contains(net.Blocks[winner], block => block.Batches.Contains(Community.NameHash("after")));
        }
    }

    [Fact]
    public void A_side_that_was_restarted_still_sees_the_fork()
    {
        LocalNet net = new(ConsensusProtocol.Pow, 4);
        net.SideOf = node => node / 2;
        net.OfferTo(node => node < 2, Names("left", 2));
        net.OfferTo(node => node >= 2, Names("right", 6));
        net.SideOf = static _ => 0;
        net.Restart(0);
        net.Offer("after");
        net.RunIdle(rounds: 30);
        Assert.NotNull(net.Forks[0]);
        Assert.Null(net.Forks[2]);
    }

    [Fact]
    public void The_last_height_becomes_final_and_then_nobody_mines()
    {
        LocalNet net = new(ConsensusProtocol.Pow, 4) { LastHeight = new Height(9) };
        net.Offer("a");
        net.Offer("b");
        net.Offer("too late");
        net.Offer("too late");
        net.RunIdle(rounds: 5);
        Assert.All(net.Blocks, blocks => Assert.Equal(9, blocks.Count));
        Assert.All(net.Blocks, blocks => Assert.DoesNotContain(
            blocks, block => block.Height > new Height(9)));
        Assert.All(Enumerable.Range(0, 4), node => Assert.False(net.IsMining(node)));
    }

    [Fact]
    public void A_machine_goes_on_from_any_block_of_another_protocol_with_the_first_difficulty()
    {
        Community four = new(ConsensusProtocol.Pow, 1, 1, 1, 1);
        FinalBlock tip = new(new Height(41), Community.NameHash("block 41"), new Instant(5_000_000), null);
        PowMachine machine = new(four.PowOptions(0) with { Tip = tip });
        List<ConsensusEffect> effects = [];
        machine.Step(new ConsensusInput.Started([]), new Instant(6_000_000), effects);
        machine.Step(new ConsensusInput.WorkOffered(new Height(42), []), new Instant(6_000_000), effects);
        ConsensusEffect.Mine mine = Assert.Single(effects.OfType<ConsensusEffect.Mine>());
        Assert.Equal(Community.Work.InitialDifficulty, mine.Difficulty);
        Assert.Equal(new Height(42), machine.Height);
    }

    private static string[][] Names(string side, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new[] { $"{side} {i}" })];
}
