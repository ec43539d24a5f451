using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Pow;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pow;

/// <summary>Which blocks join the tree, and which of its chains counts (W5, W6).</summary>
public sealed class HeaviestChainTests
{
    private static readonly Instant Now = new(3_600_000_000);

    private readonly Community _four = new(ConsensusProtocol.Pow, 1, 1, 1, 1);
    private readonly List<ConsensusEffect> _effects = [];
    private readonly PowMachine _machine;

    public HeaviestChainTests()
    {
        _machine = new PowMachine(_four.PowOptions(null));
        Step(new ConsensusInput.Started([]));
    }

    [Fact]
    public void More_work_counts_and_not_more_blocks()
    {
        FinalBlock first = Hear(Community.FinalOf(null), seconds: 1);
        FinalBlock quick = Hear(first, seconds: 0);
        FinalBlock slow = Hear(first, seconds: 60);
        slow = Hear(slow, seconds: 60);

        Assert.Equal(new Height(2), quick.Height);
        Assert.Equal(new Height(3), slow.Height);
        Assert.Equal([first.Hash, quick.Hash], Heads().Select(head => head.BlockHash));

        slow = Hear(slow, seconds: 60);
        ConsensusEffect.HeadChanged last = Heads()[^1];
        Assert.Equal((slow.Hash, 1), (last.BlockHash, last.Undone));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_block_joins_only_with_the_difficulty_of_the_rule(long more, bool joins)
    {
        FinalBlock first = Hear(Community.FinalOf(null), seconds: 1);
        FinalBlock second = Hear(first, seconds: 1, more);
        Assert.Equal(joins, Heads().Any(head => head.BlockHash == second.Hash));
    }

    [Fact]
    public void Blocks_that_came_before_their_parents_join_with_them()
    {
        (Block Block, Difficulty Difficulty) first = Make(Community.FinalOf(null), 1);
        (Block Block, Difficulty Difficulty) second = Make(Final(first), 1);
        (Block Block, Difficulty Difficulty) third = Make(Final(second), 1);
        Take(third);
        Take(second);
        Assert.Empty(Heads());

        Take(first);
        Step(new ConsensusInput.PayloadReady(second.Block.Hash));
        Step(new ConsensusInput.PayloadReady(third.Block.Hash));

        Assert.Equal(third.Block.Hash, Heads()[^1].BlockHash);
    }

    /// <summary>A block of which all batches are there arrives.</summary>
    /// <param name="more">What its difficulty is above the right one.</param>
    private FinalBlock Hear(FinalBlock below, long seconds, long more = 0)
    {
        (Block Block, Difficulty Difficulty) made = Make(below, seconds, more);
        Take(made);
        return Final(made);
    }

    private (Block Block, Difficulty Difficulty) Make(FinalBlock below, long seconds, long more = 0)
    {
        Instant time = new(below.Time.Micros + (seconds * Instant.MicrosPerSecond) + 1);
        Difficulty difficulty = new(DifficultyRule.After(Community.Work, below, time).Hashes + more);
        Block block = _four.MakeBlock(new ChainTip(below.Height, below.Hash, below.Time, null), 1, time, "batch");
        return (block, difficulty);
    }

    private void Take((Block Block, Difficulty Difficulty) made)
    {
        Step(new ConsensusInput.Received(
            _four.Sign(1, new ConsensusMessage.Mined(made.Block.Height, made.Block, made.Difficulty, 0))));
        Step(new ConsensusInput.PayloadReady(made.Block.Hash));
    }

    private static FinalBlock Final((Block Block, Difficulty Difficulty) made) =>
        new(made.Block.Height, made.Block.Hash, made.Block.Header.Time, made.Difficulty);

    private List<ConsensusEffect.HeadChanged> Heads() => [.. _effects.OfType<ConsensusEffect.HeadChanged>()];

    private void Step(ConsensusInput input) => _machine.Step(input, Now, _effects);
}
