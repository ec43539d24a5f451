using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Conformance;

/// <summary>
/// What every protocol promises, told through <see cref="IConsensus"/> alone. A protocol passes by a sealed subclass.
/// </summary>
public abstract class ConsensusConformance(ConsensusProtocol protocol)
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 1)]
    [InlineData(7, 2)]
    public void All_decide_the_same_whatever_the_network_does(int validators, int liars)
    {
        for (ulong seed = 1; seed <= 15; seed++)
        {
            new SimNet(seed, Chaos(validators) with { Liars = liars }).Run();
        }
    }

    [Fact]
    public void Observers_follow()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            new SimNet(seed, Chaos(4) with { Observers = 2 }).Run();
        }
    }

    [Fact]
    public void Nothing_happens_before_the_start()
    {
        IConsensus machine = Machine(0);
        Hash32 before = machine.Digest();
        Assert.Empty(Step(machine, new ConsensusInput.WorkOffered(new Height(1), [])));
        Assert.Equal(before, machine.Digest());
    }

    [Fact]
    public void An_idle_machine_asks_for_work_once_and_makes_no_empty_block()
    {
        LocalNet net = new(protocol, 4);
        net.RunIdle(rounds: 20);
        Assert.All(net.Blocks, blocks => Assert.Empty(blocks));
        Assert.All(net.Status, status => Assert.Equal((new Height(1), View.Zero), (status.Height, status.View)));
        Assert.All(net.Requests, requests => Assert.Equal(1, requests));
        Assert.Equal(0, net.Records);
    }

    [Fact]
    public void The_last_command_commits_without_further_traffic()
    {
        LocalNet net = new(protocol, 4);
        net.Offer("a");
        Assert.All(net.Blocks, blocks => Assert.Single(blocks));
        net.RunIdle(rounds: 5);
        Assert.All(net.Blocks, blocks => Assert.Single(blocks));
    }

    [Fact]
    public void An_empty_offer_makes_an_empty_block()
    {
        LocalNet net = new(protocol, 4);
        net.Offer();
        Assert.All(net.Blocks, blocks => Assert.Empty(Assert.Single(blocks).Batches));
    }

    [Fact]
    public void Many_heights_are_decided_one_after_the_other()
    {
        LocalNet net = new(protocol, 4);
        for (int i = 0; i < 30; i++)
        {
            net.Offer($"batch {i}");
        }

        Assert.All(net.Blocks, blocks => Assert.Equal(30, blocks.Count(block => block.Batches.Count > 0)));
        Assert.All(net.Blocks, blocks => Assert.Equal(net.Blocks[0].Select(b => b.Hash), blocks.Select(b => b.Hash)));
        Assert.All(net.Status, status => Assert.Equal(new Height(net.Blocks[0].Count + 1), status.Height));
        Assert.Equal(1 + (29 * net.BlocksForEach), net.Blocks[0].Count);
    }

    [Fact]
    public void Whatever_is_said_was_written_first_and_is_said_again_after_a_restart()
    {
        LocalNet net = new(protocol, 4, deliver: false);
        net.Offer("a");
        IReadOnlyList<string> said = net.Promises(0);
        Assert.NotEmpty(said);
        Assert.True(net.WroteBeforeSpeaking);
        net.Restart(0);
        Assert.Equal(said, net.Promises(0));
        net.Restart(0);
        net.Offer("something else");

        // Whoever has several heights in flight goes on above; at this height nothing else is said.
        Assert.Equal(said, net.Promises(0).Take(said.Count));
    }

    [Fact]
    public void A_machine_that_was_down_fetches_what_it_missed()
    {
        LocalNet net = new(protocol, 4);
        net.Stop(3);
        net.Offer("a");
        net.Offer("b");
        net.Restart(3);
        net.RunIdle(rounds: 6);
        Assert.All(net.Blocks, blocks => Assert.Equal(2, blocks.Count(block => block.Batches.Count > 0)));
        Assert.All(net.Blocks, blocks => Assert.Equal(1 + net.BlocksForEach, blocks.Count));
    }

    [Fact]
    public void Equal_inputs_give_equal_digests_and_stale_timers_change_nothing()
    {
        IConsensus left = Machine(1);
        IConsensus right = Machine(1);
        Step(left, new ConsensusInput.Started([]));
        Assert.NotEqual(left.Digest(), right.Digest());
        Step(right, new ConsensusInput.Started([]));
        Assert.Equal(left.Digest(), right.Digest());
        foreach (TimeoutKind kind in Enum.GetValues<TimeoutKind>())
        {
            Assert.Empty(Step(left, new ConsensusInput.TimeoutElapsed(new TimeoutId(kind, new Height(9), View.Zero))));
        }

        Assert.Equal(left.Digest(), right.Digest());
    }

    private Chaos Chaos(int validators) =>
        new(validators, Liars: 0, LossPercent: 5, DuplicatePercent: 5, Crashes: 2, Batches: 8) { Protocol = protocol };

    private IConsensus Machine(int self) => new Community(protocol, 1, 1, 1, 1).GoOn(self, null);

    private static List<ConsensusEffect> Step(IConsensus machine, ConsensusInput input)
    {
        List<ConsensusEffect> effects = [];
        machine.Step(input, new Instant(1_000), effects);
        return effects;
    }
}
