using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Actors.TestKit;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class SyncActorTests
{
    private static readonly List<DecidedBlock> Blocks = ChainOf(5);

    private readonly ActorTestKit _kit = new();
    private readonly RecordingTransport _transport = new();
    private readonly MemoryJournal _journal = new();
    private readonly TestProbe _mempool;
    private readonly TestProbe _consensus;
    private readonly IActorRef _sync;

    public SyncActorTests()
    {
        _mempool = _kit.CreateProbe("mempool");
        _consensus = _kit.CreateProbe("consensus");
        NodeIdentity identity = new(Genesis(), Key("v1"));
        _sync = _kit.System.ActorOf(Props.Create(() => new SyncActor(
            identity, new NodeTimings(), Verifier, _journal, _transport, _mempool.Ref)));
        Tell(new SyncActor.Wire(_consensus.Ref));
        Tell(new LedgerMessage.Ready(Head(0, Genesis().ComputeHash()), [], null));
    }

    [Fact]
    public void A_lagging_node_asks_once_hands_over_block_by_block_and_asks_for_more()
    {
        CatchUp("v2");
        CatchUp("v3");
        (PublicKey peer, byte[] payload) = Assert.Single(_transport.Take(FrameKind.BlockRequest));
        Assert.Equal((Key("v2"), Request(1)), (peer, Convert.ToHexString(payload)));

        Tell(new SyncMessage.FromPeer(Key("v2"), Frame(1, Blocks.Take(2))));
        foreach (DecidedBlock block in Blocks.Take(2))
        {
            Assert.Equal(block.Block.Hash, _mempool.ExpectMsg<MempoolMessage.Fetched>().Block.Block.Hash);
            Assert.Equal(block.Block.Hash, _consensus.ExpectMsg<ConsensusInput.Caught>().Decision.Value.Block.Hash);
            _consensus.ExpectNoMsg();
            Tell(Applied(block));
        }

        Assert.Equal(Request(3), Convert.ToHexString(Assert.Single(_transport.Take(FrameKind.BlockRequest)).Payload));
    }

    [Fact]
    public void Blocks_from_another_peer_malformed_ones_and_ones_not_asked_for_are_ignored()
    {
        Tell(new SyncMessage.FromPeer(Key("v2"), Frame(1, Blocks)));
        CatchUp("v2");
        byte[] good = Frame(1, Blocks);
        Tell(new SyncMessage.FromPeer(Key("v3"), good));
        Tell(new SyncMessage.FromPeer(Key("v2"), good[..^1]));
        Tell(new SyncMessage.FromPeer(Key("v2"), (byte[])[.. good, 0]));
        Tell(new SyncMessage.FromPeer(Key("v2"), Frame(2, Blocks.Skip(1))));
        Tell(new SyncMessage.FromPeer(Key("v2"), Frame(long.MaxValue, Blocks)));
        Tell(new SyncMessage.FromPeer(Key("v2"), Array.Empty<byte>()));
        _consensus.ExpectNoMsg();

        Tell(new SyncMessage.FromPeer(Key("v2"), good));
        _consensus.ExpectMsg<ConsensusInput.Caught>();
    }

    [Fact]
    public void A_peer_that_answers_with_other_heights_does_not_keep_the_node_from_asking_another_one()
    {
        CatchUp("v2");
        Tell(new SyncMessage.FromPeer(Key("v2"), Frame(4, Blocks.Skip(3))));
        _kit.Runner.RunFor(new NodeTimings().SyncRetry);
        _transport.Take(FrameKind.BlockRequest);

        CatchUp("v3");

        Assert.Equal(Key("v3"), Assert.Single(_transport.Take(FrameKind.BlockRequest)).Peer);
    }

    [Fact]
    public void A_suspected_peer_is_asked_only_when_no_other_one_is_ahead_meanwhile()
    {
        Duration wait = new(new NodeTimings().SyncRetry.Micros / 2);
        Tell(new PeerPreference([Key("v3"), Key("v4"), Key("v2")], 2));
        CatchUp("v2");
        CatchUp("v4");
        _kit.Runner.RunFor(wait);
        Assert.Equal(Key("v4"), Assert.Single(_transport.Take(FrameKind.BlockRequest)).Peer);

        _kit.Runner.RunFor(new NodeTimings().SyncRetry);
        CatchUp("v2");
        Assert.Empty(_transport.Take(FrameKind.BlockRequest));
        _kit.Runner.RunFor(wait);
        Assert.Equal(Key("v2"), Assert.Single(_transport.Take(FrameKind.BlockRequest)).Peer);
    }

    [Fact]
    public void A_peer_that_does_not_answer_does_not_keep_the_node_from_others_however_often_it_is_named_first()
    {
        CatchUp("v2");
        _kit.Runner.RunFor(new NodeTimings().SyncRetry);
        Assert.Equal(Key("v2"), Assert.Single(_transport.Take(FrameKind.BlockRequest)).Peer);

        CatchUp("v2");
        CatchUp("v3");

        Assert.Equal(Key("v3"), Assert.Single(_transport.Take(FrameKind.BlockRequest)).Peer);
    }

    [Fact]
    public void A_peer_that_is_not_connected_is_not_waited_for()
    {
        _transport.Away = Key("v2");
        CatchUp("v2");
        CatchUp("v3");

        Assert.Equal(Key("v3"), Assert.Single(_transport.Take(FrameKind.BlockRequest)).Peer);
    }

    [Fact]
    public void A_block_with_a_bad_certificate_ends_the_fetching_from_that_peer()
    {
        CatchUp("v2");
        byte[] bad = Frame(1, Blocks.Take(1));
        bad[^70] ^= 1;
        Tell(new SyncMessage.FromPeer(Key("v2"), bad));
        _consensus.ExpectNoMsg();
        _transport.Take(FrameKind.BlockRequest);
        CatchUp("v3");
        Assert.Single(_transport.Take(FrameKind.BlockRequest));
    }

    [Fact]
    public void Blocks_changed_in_any_byte_stop_nothing_and_are_blamed_on_who_sent_them()
    {
        TestProbe faults = _kit.CreateProbe("faults");
        _kit.System.EventStream.Subscribe(faults.Ref, typeof(LinkFault));
        byte[] good = Frame(1, Blocks.Take(2));
        for (int at = 0; at < good.Length; at++)
        {
            byte[] bad = (byte[])good.Clone();
            bad[at] ^= (byte)(1 << (at % 8));
            CatchUp("v2");
            Tell(new SyncMessage.FromPeer(Key("v2"), bad));
            Tell(new SyncMessage.FromPeer(Key("v2"), good[..at]));
            _kit.Runner.RunFor(new NodeTimings().SyncRetry);
        }

        HashSet<LinkOffence> seen = [];
        while (faults.Waiting > 0)
        {
            LinkFault fault = faults.ExpectMsg<LinkFault>();
            Assert.Equal(Key("v2"), fault.Peer);
            seen.Add(fault.Offence);
        }

        Assert.Equal(
            [LinkOffence.Malformed, LinkOffence.Unsolicited, LinkOffence.BadBlock], seen.Order());
    }

    [Fact]
    public void A_block_with_other_batches_than_it_names_is_blamed_on_who_sent_it()
    {
        TestProbe faults = _kit.CreateProbe("faults");
        _kit.System.EventStream.Subscribe(faults.Ref, typeof(LinkFault));
        Verified<SignedBatch> one = Batch("gateway", 1);
        Verified<SignedBatch> two = Batch("gateway", 2);
        Block block = Block(1, Genesis().ComputeHash(), one, two);
        foreach (DecidedBlock bad in new[] { Decide(block, two, one), Decide(block, one, one), Decide(block, one) })
        {
            CatchUp("v2");
            Tell(new SyncMessage.FromPeer(Key("v2"), Frame(1, [bad])));
            Assert.Equal(LinkOffence.BadBlock, faults.ExpectMsg<LinkFault>().Offence);
            _consensus.ExpectNoMsg();
        }

        CatchUp("v2");
        Tell(new SyncMessage.FromPeer(Key("v2"), Frame(1, [Decide(block, one, two)])));
        _consensus.ExpectMsg<ConsensusInput.Caught>();
    }

    [Fact]
    public void A_request_that_is_not_answered_or_answered_with_nothing_may_be_sent_to_another_peer()
    {
        CatchUp("v2");
        _kit.Runner.RunFor(new Duration(new NodeTimings().SyncRetry.Micros - 1));
        CatchUp("v3");
        _kit.Runner.RunFor(new Duration(1));
        CatchUp("v3");
        Tell(new SyncMessage.FromPeer(Key("v3"), Frame(1, [])));
        CatchUp("v4");
        Assert.Equal(
            [Key("v2"), Key("v3"), Key("v4")], _transport.Take(FrameKind.BlockRequest).Select(frame => frame.Peer));
    }

    [Fact]
    public void A_peer_is_sent_what_it_asks_for_as_far_as_it_is_there()
    {
        foreach (DecidedBlock block in Blocks)
        {
            _journal.Append([Record(block)], _mempool.Ref, 0);
            Tell(Applied(block));
        }

        (long From, int Expected)[] table = [(1, 5), (4, 2), (5, 1)];
        foreach ((long from, int expected) in table)
        {
            Wants("v4", from);
            (PublicKey peer, byte[] payload) = Assert.Single(_transport.Take(FrameKind.Blocks));
            byte[] frame = Frame(from, Blocks.Skip((int)from - 1).Take(expected));
            Assert.Equal((Key("v4"), Convert.ToHexString(frame)), (peer, Convert.ToHexString(payload)));
        }

        foreach (long from in (long[])[6, 0, -1, long.MinValue, long.MaxValue])
        {
            Wants("v4", from);
        }

        Tell(new SyncMessage.PeerWants(Key("v4"), new byte[] { 1, 0 }));
        Tell(new SyncMessage.PeerWants(Key("v4"), new byte[11]));
        Assert.Empty(_transport.Take(FrameKind.Blocks));
    }

    [Fact]
    public void One_answer_has_at_most_its_limit_of_blocks()
    {
        foreach (DecidedBlock block in ChainOf(Limits.MaxBlocksPerRequest + 1))
        {
            _journal.Append([Record(block)], _mempool.Ref, 0);
            Tell(Applied(block));
        }

        Wants("v4", 1);
        BorshReader reader = new(Assert.Single(_transport.Take(FrameKind.Blocks)).Payload);
        reader.Version(1);
        Assert.Equal((1, Limits.MaxBlocksPerRequest), (reader.I64(), reader.Count(int.MaxValue)));
    }

    private static string Request(long from)
    {
        BorshWriter writer = new();
        writer.Version(1);
        writer.I64(from);
        return Convert.ToHexString(writer.WrittenSpan);
    }

    private static byte[] Frame(long from, IEnumerable<DecidedBlock> blocks)
    {
        DecidedBlock[] all = [.. blocks];
        BorshWriter writer = new();
        writer.Version(1);
        writer.I64(from);
        writer.Count(all.Length);
        foreach (DecidedBlock block in all)
        {
            writer.Bytes(block.ToArray(new BorshWriter()));
        }

        return writer.ToArray();
    }

    private void CatchUp(string peer) => Tell(new SyncMessage.CatchUp(Key(peer), new Height(1)));

    private void Wants(string peer, long from) =>
        Tell(new SyncMessage.PeerWants(Key(peer), Convert.FromHexString(Request(from))));

    private void Tell(object message)
    {
        _sync.Tell(message);
        _kit.Runner.RunUntilIdle();
    }
}
