using System;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Actors.TestKit;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>A vote says that its sender holds the block's batches, so these must outlive a crash as the vote does.
/// </summary>
public sealed class PayloadSurvivalTests
{
    private readonly SeededRunner _runner = new(8);
    private readonly SimulatedKeys _keys = new();
    private readonly SimulatedDisk _disk = new();
    private readonly SimulatedMarket _market;
    private readonly ChainHead _head;

    public PayloadSurvivalTests()
    {
        _market = new SimulatedMarket(new SimulationOptions { Seed = 1 }, _keys, _runner.Now);
        _head = new ChainHead(
            Height.Genesis,
            _market.Genesis.ComputeHash(),
            _market.Genesis.Time,
            null,
            SetForecast.Of(_market.Genesis.Validators),
            default,
            default);
    }

    [Fact]
    public void Regression_batches_offered_to_consensus_are_held_again_after_a_crash()
    {
        SignedBatch batch = _market.EpochBatch(0, _runner.Now);
        Life before = Start("before");
        before.Mempool.Tell(new MempoolMessage.Submit(_market.Gateway.PublicKey, batch.Bytes));
        before.Mempool.Tell(new MempoolMessage.WantWork(new Height(1)));
        ConsensusInput.WorkOffered offer = before.Consensus.ExpectMsg<ConsensusInput.WorkOffered>();
        Assert.Equal([batch.Hash], offer.Batches);
        _runner.RunFor(Duration.FromMillis(20));
        before.Kit.System.Kill();
        before.Journal.Crash();

        Block block = BlockOf(batch);
        Life after = Start("after");
        after.Mempool.Tell(new MempoolMessage.WantPayload(block, _market.Genesis.Validators.Validators[1].Key));

        Assert.Equal(block.Hash, after.Consensus.ExpectMsg<ConsensusInput.PayloadReady>().BlockHash);
    }

    [Fact]
    public void Regression_pulled_batches_are_held_again_after_a_crash()
    {
        SignedBatch batch = _market.EpochBatch(0, _runner.Now);
        Block block = BlockOf(batch);
        PublicKey peer = _market.Genesis.Validators.Validators[1].Key;
        Life before = Start("before");
        before.Mempool.Tell(new MempoolMessage.WantPayload(block, peer));
        before.Mempool.Tell(new MempoolMessage.FromPeer(peer, Frame(batch)));
        before.Consensus.ExpectMsg<ConsensusInput.PayloadReady>();
        _runner.RunFor(Duration.FromMillis(20));
        before.Kit.System.Kill();
        before.Journal.Crash();

        Life after = Start("after");
        after.Mempool.Tell(new MempoolMessage.WantPayload(block, peer));

        Assert.Equal(block.Hash, after.Consensus.ExpectMsg<ConsensusInput.PayloadReady>().BlockHash);
    }

    private static byte[] Frame(SignedBatch batch)
    {
        BorshWriter writer = new();
        writer.Version(1);
        writer.Count(1);
        writer.Bytes(batch.Bytes.Span);
        return writer.ToArray();
    }

    private Block BlockOf(SignedBatch batch)
    {
        GenesisBlock genesis = _market.Genesis;
        BlockHeader header = new(
            genesis.Chain,
            new Height(1),
            _head.BlockHash,
            _runner.Now,
            genesis.Validators.Validators[0].Key,
            default,
            0,
            genesis.Validators.Hash);
        return Block.Create(header, [batch.Hash]);
    }

    private Life Start(string name)
    {
        ActorTestKit kit = new(_runner, name);
        SimulatedJournal journal = new(new PauseGate(_runner), _disk, new Dice(1, name), DiskFaults.None);
        NodeIdentity identity = new(_market.Genesis, _market.Genesis.Validators.Validators[0].Key);
        TestProbe consensus = kit.CreateProbe("consensus-probe");
        TestProbe other = kit.CreateProbe("other-probe");
        IActorRef mempool = kit.System.ActorOf(
            Props.Create(() => new MempoolActor(
                identity, new NodeTimings(), new MempoolLimits(), _keys, journal, new DeafTransport(), other.Ref)),
            "mempool");
        mempool.Tell(new MempoolActor.Wire(consensus.Ref, other.Ref));
        mempool.Tell(new LedgerMessage.Ready(_head, [new(_market.Gateway.PublicKey, default)], null));
        return new Life(kit, journal, mempool, consensus);
    }

    private sealed record Life(ActorTestKit Kit, SimulatedJournal Journal, IActorRef Mempool, TestProbe Consensus);

    private sealed class DeafTransport : ITransport
    {
        public bool Send(PublicKey peer, FrameKind kind, ReadOnlyMemory<byte> payload) => false;

        public void Throttle(PublicKey peer, Duration pause)
        {
        }

        public void Refuse(PublicKey peer, Duration time, string reason)
        {
        }
    }
}
