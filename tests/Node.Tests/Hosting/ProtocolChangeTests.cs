using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Hosting;
using EnergyNode.Node.Persistence;
using Xunit;

namespace EnergyNode.Node.Tests.Hosting;

/// <summary>Real nodes change from PBFT to PoS, and from PoS to PoW, by a decision of the governance.</summary>
public sealed class ProtocolChangeTests
{
    /// <summary>Blocks from a proposal to its height: a close after the lock comes within some dozen of them.</summary>
    private const int Ahead = 40;

    private static readonly AccountId Operator = AccountId.Parse("operator");
    private static readonly Duration FirstLock = Duration.FromMillis(100);
    private static readonly Duration Life = Duration.FromSeconds(3_600);

    private long _epoch;

    [Fact]
    public async Task A_network_changes_its_protocol_and_its_chain_verifies_over_the_borders()
    {
        await using TestNetwork network = new(4);
        await network.StartAsync(0, 1, 2, 3);
        Height pos = await ChangeAsync(network, new ConsensusRules(ConsensusProtocol.Pos, null), sleeper: 3);
        await network.StartAsync(3);
        await network.AwaitHeightAsync(3, pos.Value);
        Height pow = await ChangeAsync(
            network,
            new ConsensusRules(
                ConsensusProtocol.Pow, new WorkParameters(Duration.FromMillis(100), 1, new Difficulty(2_000))),
            sleeper: null);

        await network.StopAsync(0, 1, 2, 3);
        await network.StartAsync(3, 2, 1, 0);
        await network.AwaitHeightAsync(2, pow.Value);
        ClientReceipt.Final last = await network.ExecuteAsync(2, new Command.Deposit(Operator, new Money(1)));
        await network.AwaitHeightAsync(3, last.Height.Value);
        await network.StopAsync(0, 1, 2, 3);
        Hash32[] roots = [.. Enumerable.Range(0, 4).Select(node => Verify(network, node, pos, pow, last.Height))];
        Assert.Equal(roots[0], roots[3]);
    }

    /// <summary>Proposes a change and makes blocks until it has happened.</summary>
    /// <param name="sleeper">This validator is stopped before, and left so.</param>
    private async Task<Height> ChangeAsync(TestNetwork network, ConsensusRules rules, int? sleeper)
    {
        ClientReceipt.Final proposed;
        Height at;
        Duration wait = FirstLock;
        do
        {
            at = new Height((await network.AwaitHeightAsync(0, 0)).Height.Value + Ahead);
            Instant now = new(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
            proposed = await network.ExecuteAsync(0, new Command.Propose(
                new GovernanceAction.ChangeConsensus(rules, at), now.Plus(wait), now.Plus(Life)));
            wait = new Duration(2 * wait.Micros);
        }
        while (proposed.Receipts!.Receipts[0].Error == LedgerError.InvalidSchedule);

        Assert.Equal(LedgerError.None, proposed.Receipts.Receipts[0].Error);
        if (sleeper is { } node)
        {
            await network.StopAsync(node);
        }

        Height height = proposed.Height;
        while (height <= at)
        {
            ClientReceipt.Final closed = await network.ExecuteAsync(
                0, new Command.CloseEpoch(new EpochIndex(_epoch++)));
            Assert.Equal(LedgerError.None, closed.Receipts!.Receipts[0].Error);
            height = closed.Height;
        }

        return at;
    }

    private static Hash32 Verify(TestNetwork network, int node, Height pos, Height pow, Height atLeast)
    {
        GenesisBlock genesis = network.Network.Genesis;
        LedgerState state = genesis.BuildState(out _)!;
        ChainVerification chain = new(genesis, state, new Ed25519Verifier());
        JournalReport report = JournalVerifier.Verify(network.DataOf(node), null, chain.Visit);
        chain.Finish();
        Assert.Empty((IEnumerable<JournalFinding>)[.. report.Findings, .. chain.Findings]);
        Assert.Equal(ConsensusProtocol.Pow, state.Staking.Rules.Protocol);
        Assert.Equal(pow, state.Staking.Schedule.Since);
        Assert.Equal(pos, state.Staking.Schedule.BeforeSince);
        Assert.Equal(2, state.Governance.LastDecision);
        Assert.True(chain.Height >= atLeast);
        return state.Staking.InForce.Hash;
    }
}
