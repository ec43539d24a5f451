using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>A stakeholder that forgets its lock is found, and one that may move it is not blamed.</summary>
public sealed class LockCheckerTests
{
    private static readonly Height At = new(7);
    private static readonly Hash32 First = Hash32.Of([1]);
    private static readonly Hash32 Second = Hash32.Of([2]);

    private readonly SimulatedKeys _keys = new();
    private readonly HashSet<PublicKey> _liars = [];
    private readonly List<LockChecker> _nodes = [];
    private readonly ViolationLog _log = new(new SeededRunner(1));

    public LockCheckerTests()
    {
        SimulatedMarket market = new(
            new SimulationOptions { Seed = 1, Protocol = ConsensusProtocol.Pos }, _keys, Instant.FromSeconds(0));
        PolkaLog polkas = new(_ => market.Genesis.Validators, _liars.Contains);
        for (int i = 0; i < 4; i++)
        {
            _nodes.Add(new LockChecker(KeyOf(i), polkas, SimulatedMarket.ValidatorName(i), _log));
        }
    }

    [Fact]
    public void A_lock_is_kept_until_a_quorum_prevotes_another_block()
    {
        Lock(node: 0);

        Prevote(0, 1, First);
        Assert.Empty(_log.Found);
        Prevote(0, 2, Second);

        Violation found = Assert.Single(_log.Found);
        Assert.Equal(ViolationKind.DoubleVote, found.Kind);
        Assert.Contains("against its lock", found.Text, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_quorum_s_prevotes_since_the_lock_free_from_it()
    {
        Lock(node: 0);
        Prevote(1, 1, Second);
        Prevote(2, 1, Second);
        Prevote(3, 1, Second);

        Prevote(0, 2, Second);

        Assert.Empty(_log.Found);
    }

    [Fact]
    public void Less_than_a_quorum_and_older_or_later_prevotes_do_not()
    {
        for (int node = 1; node < 4; node++)
        {
            Prevote(node, 0, Second);
        }

        _nodes[0].OnVote(new ConsensusMessage.Precommit(At, new View(1), First));
        Prevote(1, 1, Second);
        Prevote(2, 1, Second);
        for (int node = 1; node < 4; node++)
        {
            Prevote(node, 2, Second);
        }

        Prevote(0, 2, Second);

        Assert.Single(_log.Found);
    }

    [Fact]
    public void What_a_liar_may_have_said_counts_for_the_honest()
    {
        _liars.Add(KeyOf(3));
        Lock(node: 0);
        Prevote(1, 1, Second);
        Prevote(2, 1, Second);

        Prevote(0, 2, Second);

        Assert.Empty(_log.Found);
    }

    [Fact]
    public void Votes_for_none_votes_before_the_lock_and_other_heights_are_free()
    {
        Lock(node: 0);

        _nodes[0].OnVote(new ConsensusMessage.Prevote(At, new View(1), null));
        _nodes[0].OnVote(new ConsensusMessage.Prevote(At.Next, new View(1), Second));
        _nodes[0].OnVote(new ConsensusMessage.Prevote(At, View.Zero, Second));

        Assert.Empty(_log.Found);
    }

    private void Lock(int node) => _nodes[node].OnVote(new ConsensusMessage.Precommit(At, View.Zero, First));

    private void Prevote(int node, int round, Hash32 block) =>
        _nodes[node].OnVote(new ConsensusMessage.Prevote(At, new View(round), block));

    private PublicKey KeyOf(int node) => _keys.Signer(SimulatedMarket.ValidatorName(node)).PublicKey;
}
