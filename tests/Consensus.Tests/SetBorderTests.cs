using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests;

/// <summary>R10: the set in force proposes and votes up to the border, and not at it.</summary>
public sealed class SetBorderTests
{
    private const int Border = 3;

    private readonly Community _four = new(4);
    private readonly List<ConsensusEffect> _effects = [];
    private int _self;

    [Fact]
    public void A_leader_proposes_below_the_border_only()
    {
        PbftMachine leader = Machine(self: 0);
        for (int height = 1; height <= Border + 1; height++)
        {
            Step(leader, new ConsensusInput.WorkOffered(
                new Height(height), [Community.NameHash($"batch {height}")]));
        }

        Assert.Equal([1, 2], Said<ConsensusMessage.PrePrepare>());
        AssertNothingIsPromisedFromTheBorderOn();
    }

    [Fact]
    public void A_backup_prepares_below_the_border_only()
    {
        PbftMachine backup = Machine(self: 2);
        ChainTip tip = Community.Genesis;
        for (int height = 1; height <= Border + 1; height++)
        {
            Block block = _four.MakeBlock(tip, 0, new Instant(height), $"batch {height}");
            Step(backup, new ConsensusInput.Received(
                _four.Sign(0, new ConsensusMessage.PrePrepare(block.Height, View.Zero, block))));
            Step(backup, new ConsensusInput.PayloadReady(block.Hash));
            tip = ChainTip.Of(block);
        }

        Assert.Equal([1, 2], Said<ConsensusMessage.Prepare>());
        AssertNothingIsPromisedFromTheBorderOn();
    }

    /// <summary>Also not on the disk alone: the next set's numbers are others.</summary>
    private void AssertNothingIsPromisedFromTheBorderOn() => Assert.DoesNotContain(
        _effects.OfType<ConsensusEffect.Persist>(), promise => promise.Record.Height >= new Height(Border));

    private PbftMachine Machine(int self)
    {
        _self = self;
        PbftMachine machine = new(_four.Options(self) with { Border = new Height(Border), Window = 4 });
        Step(machine, new ConsensusInput.Started([]));
        return machine;
    }

    /// <summary>The heights of own messages of a kind.</summary>
    private IEnumerable<long> Said<T>()
        where T : ConsensusMessage =>
        _effects.OfType<ConsensusEffect.Broadcast>().Select(sent => sent.Message).OfType<T>()
            .Select(message => message.Height.Value);

    /// <summary>Own broadcasts come back, as the shell sees to.</summary>
    private void Step(PbftMachine machine, ConsensusInput input)
    {
        int from = _effects.Count;
        machine.Step(input, new Instant(1_000_000), _effects);
        for (; from < _effects.Count; from++)
        {
            if (_effects[from] is ConsensusEffect.Broadcast { Message: var own })
            {
                machine.Step(
                    new ConsensusInput.Received(_four.Sign(_self, own)),
                    new Instant(1_000_000),
                    _effects);
            }
        }
    }
}
