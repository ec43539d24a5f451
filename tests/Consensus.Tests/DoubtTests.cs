using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Pow;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests;

/// <summary>A doubt outlives borders of sets, and under PoW ends with a block of one's own (R26, SWITCH-8).</summary>
public sealed class DoubtTests
{
    private const int Joiner = 4;
    private static readonly Instant Now = new(3_600_000_000);

    private readonly List<ConsensusEffect> _effects = [];

    [Theory]
    [InlineData(ConsensusProtocol.Pbft, true)]
    [InlineData(ConsensusProtocol.Pbft, false)]
    [InlineData(ConsensusProtocol.Pos, true)]
    [InlineData(ConsensusProtocol.Pos, false)]
    public void Who_joins_with_a_doubt_is_silent_from_the_border_on(ConsensusProtocol protocol, bool isInDoubt)
    {
        Community before = new(protocol, 1, 1, 1, 1);
        Community after = new(protocol, 1, 1, 1, 1, 1);
        IConsensus machine = Joining(before, after, isInDoubt ? Doubt.Unknown : null);

        Assert.Equal(isInDoubt ? Height.Genesis : null, machine.Status.SilentUntil);
        Assert.Equal(!isInDoubt, VotesWhenAsked(machine, after));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 18)]
    public void A_border_is_asked_again_if_it_was_near_what_was_told(long told, long until)
    {
        Community before = new(4);
        Community after = new(5);
        IConsensus machine = Joining(before, after, new Doubt(new Height(told), 4));

        Assert.Equal(until, machine.Status.SilentUntil?.Value);
        Assert.False(VotesWhenAsked(machine, after));
    }

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, false, true)]
    public void Under_proof_of_work_a_doubt_ends_with_an_own_block_of_this_life(bool isOwn, bool isNew, bool remains)
    {
        Community four = new(ConsensusProtocol.Pow, 1, 1, 1, 1);
        PowMachine machine = new(four.PowOptions(0));
        Step(machine, new ConsensusInput.Started([]) { Doubt = Doubt.Unknown });
        FinalBlock top = isNew ? Mine(machine, four) : Hear(machine, four, Community.FinalOf(null), isOwn ? 0 : 1);
        for (int i = 0; i < Community.Work.Depth; i++)
        {
            Assert.Equal(Doubt.Unknown, machine.Status.Doubt);
            top = Hear(machine, four, top, 1);
        }

        Assert.Single(_effects.OfType<ConsensusEffect.Finalize>());
        Assert.Equal(remains ? Doubt.Unknown : null, machine.Status.Doubt);
        Assert.Null(machine.Status.SilentUntil);
    }

    /// <summary>An observer of the first block, after which the set changes and it is in.</summary>
    private IConsensus Joining(Community before, Community after, Doubt? doubt)
    {
        PublicKey key = after.Signers[Joiner].PublicKey;
        IConsensus machine = before.Protocol == ConsensusProtocol.Pos
            ? new PosMachine(before.PosOptions(null) with { SelfKey = key })
            : new PbftMachine(before.Options(null) with { SelfKey = key });
        Step(machine, new ConsensusInput.Started([]) { Doubt = doubt });
        Block first = before.MakeBlock(Community.Genesis, 0, new Instant(1));
        Decision decision = new(first, before.Committed(first, View.Zero, before.Quorum()));
        Step(machine, new ConsensusInput.Caught(new Verified<Decision>(decision)));
        Step(machine, new ConsensusInput.PayloadReady(first.Hash));
        Step(machine, new ConsensusInput.Applied(first.Height, first.Hash, first.Hash, after.Set));
        Assert.Equal(new Height(2), machine.Status.Height);
        _effects.Clear();
        return machine;
    }

    private bool VotesWhenAsked(IConsensus machine, Community community)
    {
        ChainTip tip = ChainTip.Of(new Community(community.Protocol, 1, 1, 1, 1)
            .MakeBlock(Community.Genesis, 0, new Instant(1)));
        int leader = machine.Status.Leader.Value;
        Block block = community.MakeBlock(tip, leader, new Instant(2), "batch");
        ConsensusMessage proposal = community.Protocol == ConsensusProtocol.Pos
            ? new ConsensusMessage.Proposal(block.Height, View.Zero, block, null)
            : new ConsensusMessage.PrePrepare(block.Height, View.Zero, block);
        Step(machine, new ConsensusInput.Received(community.Sign(leader, proposal)));
        Step(machine, new ConsensusInput.PayloadReady(block.Hash));
        return _effects.OfType<ConsensusEffect.Broadcast>()
            .Any(sent => sent.Message is ConsensusMessage.Prepare or ConsensusMessage.Prevote);
    }

    private FinalBlock Mine(PowMachine machine, Community community)
    {
        Step(machine, new ConsensusInput.WorkOffered(new Height(1), [Community.NameHash("own")]));
        ConsensusEffect.Mine work = _effects.OfType<ConsensusEffect.Mine>().Last();
        ulong nonce = ProofOfWork.Find(
            work.BlockHash, ProofOfWork.Target(work.Difficulty), 0, int.MaxValue)!.Value;
        Step(machine, new ConsensusInput.WorkFound(work.BlockHash, nonce));
        ConsensusMessage.Mined mined = _effects.OfType<ConsensusEffect.Broadcast>()
            .Select(sent => sent.Message).OfType<ConsensusMessage.Mined>().Last();
        return Take(machine, community, 0, mined);
    }

    private FinalBlock Hear(PowMachine machine, Community community, FinalBlock below, int miner)
    {
        Instant time = new(below.Time.Micros + (Instant.MicrosPerSecond / 10));
        ChainTip tip = new(below.Height, below.Hash, below.Time, null);
        Block block = community.MakeBlock(tip, miner, time, "batch");
        return Take(machine, community, miner, new ConsensusMessage.Mined(
            block.Height, block, DifficultyRule.After(Community.Work, below, time), 0));
    }

    private FinalBlock Take(PowMachine machine, Community community, int miner, ConsensusMessage.Mined mined)
    {
        Step(machine, new ConsensusInput.Received(community.Sign(miner, mined)));
        Step(machine, new ConsensusInput.PayloadReady(mined.Block.Hash));
        return new FinalBlock(mined.Height, mined.Block.Hash, mined.Block.Header.Time, mined.Difficulty);
    }

    private void Step(IConsensus machine, ConsensusInput input) => machine.Step(input, Now, _effects);
}
