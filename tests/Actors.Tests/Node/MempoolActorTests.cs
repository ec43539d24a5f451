using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Actors.TestKit;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using Xunit;
using static EnergyNode.Actors.Tests.Node.Village;

namespace EnergyNode.Actors.Tests.Node;

public sealed class MempoolActorTests
{
    private static readonly PublicKey Client = Key("client");
    private static readonly PublicKey[] Others = [Key("v2"), Key("v3"), Key("v4")];

    private readonly ActorTestKit _kit = new(new SeededRunner(1, Start), "test");
    private readonly RecordingTransport _transport = new();
    private readonly MemoryJournal _journal = new();
    private readonly TestProbe _peers;
    private readonly TestProbe _consensus;
    private readonly TestProbe _ledger;
    private IActorRef _mempool;

    public MempoolActorTests()
    {
        _peers = _kit.CreateProbe("peers");
        _consensus = _kit.CreateProbe("consensus");
        _ledger = _kit.CreateProbe("ledger");
        _mempool = Create("v1");
        Tell(new LedgerMessage.Ready(Head(0), [new(Key("gateway"), default)], null));
    }

    [Fact]
    public void A_clients_batch_is_admitted_spread_to_the_others_and_offered_as_work()
    {
        Verified<SignedBatch> batch = BatchOfTurn(0);
        Tell(new MempoolMessage.WantWork(new Height(1)));
        _consensus.ExpectNoMsg();

        Submit(batch);

        Assert.Equal(new ClientReceipt.Admitted(batch.Value.Hash), Told());
        byte[] frame = BatchFrames.Batches([batch.Value.Bytes]);
        List<(PublicKey Peer, byte[] Payload)> sent = _transport.Take(FrameKind.Batches);
        Assert.Equal(Others, sent.Select(one => one.Peer));
        Assert.All(sent, one => Assert.Equal(frame, one.Payload));
        ConsensusInput.WorkOffered offered = _consensus.ExpectMsg<ConsensusInput.WorkOffered>();
        Assert.Equal(new Height(1), offered.Height);
        Assert.Equal([batch.Value.Hash], offered.Batches);
        Submit(Batch("gateway", 1_000));
        _consensus.ExpectNoMsg();
    }

    [Fact]
    public void A_batch_is_offered_as_work_at_once_and_spread_in_turn()
    {
        Verified<SignedBatch> batch = BatchOfTurn(2);
        Tell(new MempoolMessage.WantWork(new Height(1)));
        Submit(batch);

        Assert.Equal([batch.Value.Hash], _consensus.ExpectMsg<ConsensusInput.WorkOffered>().Batches);
        _kit.Runner.RunFor(new Duration(3_999));
        Assert.Empty(_transport.Take(FrameKind.Batches));
        _kit.Runner.RunFor(new Duration(1));
        Assert.Equal(Others, _transport.Take(FrameKind.Batches).Select(one => one.Peer));
        _kit.Runner.RunFor(Duration.FromSeconds(1));
        Assert.Empty(_transport.Take(FrameKind.Batches));
    }

    [Fact]
    public void Batches_that_wait_for_their_turns_each_go_in_theirs()
    {
        Verified<SignedBatch> late = BatchOfTurn(3);
        Verified<SignedBatch> soon = BatchOfTurn(1);
        Submit(late);
        Submit(soon);
        _kit.Runner.RunFor(new Duration(2_000));
        Assert.All(_transport.Take(FrameKind.Batches), one =>
            Assert.Equal(BatchFrames.Batches([soon.Value.Bytes]), one.Payload));
        _kit.Runner.RunFor(new Duration(4_000));
        List<(PublicKey Peer, byte[] Payload)> sent = _transport.Take(FrameKind.Batches);
        Assert.Equal(Others, sent.Select(one => one.Peer));
        Assert.All(sent, one => Assert.Equal(BatchFrames.Batches([late.Value.Bytes]), one.Payload));
    }

    [Fact]
    public void A_frame_that_waits_in_the_mailbox_when_the_turn_comes_is_heard_first()
    {
        Verified<SignedBatch> batch = BatchOfTurn(1);
        Verified<SignedBatch> other = BatchOfTurn(3);
        _kit.System.Scheduler.Schedule(new Duration(2_000), () =>
        {
            _mempool.Tell(new MempoolMessage.Submit(Client, other.Value.Bytes));
            _mempool.Tell(new MempoolMessage.FromPeer(Key("v2"), BatchFrames.Batches([batch.Value.Bytes])));
        });
        Submit(batch);
        _kit.Runner.RunFor(new Duration(7_999));
        Assert.Empty(_transport.Take(FrameKind.Batches));
        _kit.Runner.RunFor(new Duration(1));
        Assert.Equal(3, _transport.Take(FrameKind.Batches).Count);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 3)]
    public void Of_two_validators_that_get_a_batch_one_spreads_it_if_its_frame_arrives(bool arrives, int others)
    {
        RecordingTransport transport = new();
        Verified<SignedBatch> batch = BatchOfTurn(0);
        MempoolMessage.Submit submit = new(Client, batch.Value.Bytes);
        IActorRef second = Create("v2", transport);
        second.Tell(new LedgerMessage.Ready(Head(0), [new(Key("gateway"), default)], null));
        Tell(submit);
        second.Tell(submit);
        _kit.Runner.RunFor(new Duration(1_500));

        byte[] frame = _transport.Take(FrameKind.Batches).First(one => one.Peer == Key("v2")).Payload;
        if (arrives)
        {
            second.Tell(new MempoolMessage.FromPeer(Key("v1"), frame));
        }

        _kit.Runner.RunFor(Duration.FromMillis(900));
        Assert.Equal(others, transport.Take(FrameKind.Batches).Count);
        Assert.Empty(_transport.Take(FrameKind.Batches));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_batch_that_a_liar_brings_to_one_validator_alone_is_announced_by_it(bool clientIsFirst)
    {
        Verified<SignedBatch> batch = BatchOfTurn(3);
        MempoolMessage.FromPeer brought = new(Key("v2"), BatchFrames.Batches([batch.Value.Bytes]));
        MempoolMessage.Submit submitted = new(Client, batch.Value.Bytes);
        Tell(clientIsFirst ? submitted : brought);
        Tell(clientIsFirst ? brought : submitted);
        Tell(submitted);

        _kit.Runner.RunFor(Duration.FromMillis(1_999));
        Assert.Empty(_transport.Take(FrameKind.Batches));
        Assert.Empty(_transport.Take(FrameKind.BatchAnnounce));
        _kit.Runner.RunFor(Duration.FromMillis(1));
        List<(PublicKey Peer, byte[] Payload)> announced = _transport.Take(FrameKind.BatchAnnounce);
        Assert.Equal(Others, announced.Select(one => one.Peer));
        Assert.All(announced, one => Assert.Equal(BatchFrames.Request([batch.Value.Hash]), one.Payload));
    }

    [Fact]
    public void A_batch_that_is_executed_before_its_turn_is_not_spread()
    {
        Verified<SignedBatch> batch = BatchOfTurn(3);
        Submit(batch);
        Tell(Applied(Decide(Block(1, default, batch), batch), [new(Key("gateway"), default(NonceWindow).With(1))]));
        _kit.Runner.RunFor(Duration.FromSeconds(3));
        Assert.Empty(_transport.Take(FrameKind.Batches));
        Assert.Empty(_transport.Take(FrameKind.BatchAnnounce));
    }

    [Fact]
    public void The_nodes_own_batches_wait_for_no_turn_and_are_offered_together()
    {
        Verified<SignedBatch> batch = BatchOfTurn(3);
        Verified<SignedBatch> other = Batch("gateway", 900);
        Tell(new MempoolMessage.WantWork(new Height(1)));
        Tell(new MempoolMessage.SubmitOwn([batch.Value.Bytes, other.Value.Bytes, batch.Value.Bytes]));
        List<(PublicKey Peer, byte[] Payload)> sent = _transport.Take(FrameKind.Batches);
        Assert.Equal(Others, sent.Select(one => one.Peer));
        byte[] frame = BatchFrames.Batches([batch.Value.Bytes, other.Value.Bytes]);
        Assert.All(sent, one => Assert.Equal(frame, one.Payload));
        Assert.Equal(
            new[] { batch.Value.Hash, other.Value.Hash }.Order(),
            _consensus.ExpectMsg<ConsensusInput.WorkOffered>().Batches.Order());
        Tell(new MempoolMessage.SubmitOwn([batch.Value.Bytes]));
        Assert.Empty(_transport.Take(FrameKind.Batches));
    }

    [Fact]
    public void Refusals_are_told_to_the_client_with_their_reason()
    {
        Verified<SignedBatch> good = Batch("gateway", 1);
        byte[] forged = good.Value.Bytes.ToArray();
        forged[^1] ^= 1;
        AssertRefused(AdmissionRefusal.Malformed, new byte[] { 1, 2, 3 });
        AssertRefused(AdmissionRefusal.BadSignature, forged);
        AssertRefused(AdmissionRefusal.UnknownSigner, Batch("nobody", 1).Value.Bytes);
        AssertRefused(AdmissionRefusal.Expired, Batch("gateway", 1, until: new Instant(Start.Micros - 1)).Value.Bytes);
        AssertRefused(AdmissionRefusal.NonceUnusable, Batch("gateway", 1_025).Value.Bytes);
        Assert.Empty(_transport.Take(FrameKind.Batches));
        _mempool = Create("observer");
        Tell(new LedgerMessage.Ready(Head(0), [new(Key("gateway"), default)], null));
        AssertRefused(AdmissionRefusal.NotReady, good.Value.Bytes);
        _mempool = Create("v2");
        AssertRefused(AdmissionRefusal.NotReady, good.Value.Bytes);
    }

    [Fact]
    public void Clients_hear_of_the_final_receipt_and_no_more_of_them_than_the_limit()
    {
        Verified<SignedBatch> batch = Batch("gateway", 1);
        for (int client = 0; client <= Limits.MaxClientsPerBatch; client++)
        {
            Tell(new MempoolMessage.Submit(Key($"client-{client}"), batch.Value.Bytes));
            _peers.ExpectMsg<ToClient>();
        }

        DecidedBlock block = Decide(Block(1, default, batch), batch);
        Tell(Applied(block, [new(Key("gateway"), default(NonceWindow).With(1))]));

        ToClient[] told = [.. _peers.ReceiveN(Limits.MaxClientsPerBatch).Cast<ToClient>()];
        _peers.ExpectNoMsg();
        Assert.Equal(Limits.MaxClientsPerBatch, told.Select(one => one.Client).Distinct().Count());
        ClientReceipt.Final final = Assert.IsType<ClientReceipt.Final>(ClientReceipt.Decode(told[0].Payload.Span));
        Assert.Equal((new Height(1), BatchStatus.Executed), (final.Height, final.Status));
        Assert.Equal(0, Status().Batches);
        AssertRefused(AdmissionRefusal.NonceUnusable, batch.Value.Bytes);
    }

    [Fact]
    public void A_batch_passed_over_as_out_of_order_stays_and_a_stale_one_is_refused_with_the_reason()
    {
        Verified<SignedBatch> stays = Batch("gateway", 2, BatchFlags.InOrder);
        Verified<SignedBatch> late = Batch("gateway", 5, until: Start);
        Submit(stays);
        Submit(late);
        _peers.ReceiveN(2);

        DecidedBlock block = Decide(Block(1, default, stays), stays);
        Tell(Applied(block, [new(Key("gateway"), default)], BatchStatus.OutOfOrder));

        Assert.Equal(new ClientReceipt.Refused(late.Value.Hash, AdmissionRefusal.Expired), Told());
        _peers.ExpectNoMsg();
        Assert.Equal(1, Status().Batches);
    }

    [Fact]
    public void Peers_batches_are_taken_when_good_and_malformed_frames_are_ignored()
    {
        Verified<SignedBatch> good = Batch("gateway", 1);
        byte[] frame = BatchFrames.Batches([good.Value.Bytes, Batch("nobody", 1).Value.Bytes, new byte[] { 9 }]);
        for (int length = 0; length < frame.Length; length += 7)
        {
            Tell(new MempoolMessage.FromPeer(Key("v2"), frame[..length]));
        }

        Assert.Equal(0, Status().Batches);
        Tell(new MempoolMessage.FromPeer(Key("v2"), frame));
        Tell(new MempoolMessage.FromPeer(Key("v3"), frame));
        Assert.Equal(new MempoolStatus(1, good.Value.Bytes.Length), Status());
        Assert.Empty(_transport.Take(FrameKind.Batches));
        _peers.ExpectNoMsg();
    }

    [Fact]
    public void A_proposals_missing_batches_are_pulled_until_they_are_there_whoever_signed_them()
    {
        Verified<SignedBatch> known = Batch("gateway", 1);
        Verified<SignedBatch> foreign = Batch("nobody", 1);
        Tell(new MempoolMessage.FromPeer(Key("v2"), BatchFrames.Batches([known.Value.Bytes])));
        Block block = Block(1, default, known, foreign);
        Tell(new MempoolMessage.WantPayload(block, Key("v3")));
        byte[] request = BatchFrames.Request([foreign.Value.Hash]);
        (PublicKey Peer, byte[] Payload) first = Assert.Single(_transport.Take(FrameKind.BatchRequest));
        Assert.Equal((Key("v3"), Convert.ToHexString(request)), (first.Peer, Convert.ToHexString(first.Payload)));
        _kit.Runner.RunFor(Duration.FromMillis(350));
        Assert.Equal(Others, _transport.Take(FrameKind.BatchRequest).Select(one => one.Peer));

        Tell(new MempoolMessage.FromPeer(Key("v4"), BatchFrames.Batches([foreign.Value.Bytes])));

        Assert.Equal(block.Hash, _consensus.ExpectMsg<ConsensusInput.PayloadReady>().BlockHash);
        _kit.Runner.RunFor(Duration.FromMillis(350));
        Assert.Empty(_transport.Take(FrameKind.BatchRequest));
        DecidedBlock decided = Decide(block, known, foreign);
        Tell(new MempoolMessage.Decided(decided.Decision));
        Assert.Equal(
            decided.Block.Batches,
            _ledger.ExpectMsg<LedgerMessage.Execute>().Block.Batches.Select(batch => batch.Value.Hash));
    }

    [Fact]
    public void A_peer_gets_the_batches_that_are_there_and_no_more_than_fill_a_frame()
    {
        Verified<SignedBatch>[] batches = [.. Enumerable.Range(1, 16).Select(n => Batch("gateway", n, size: 80_000))];
        Assert.All(batches, batch => Submit(batch));
        _kit.Runner.RunFor(new NodeTimings().MaxSpreadDelay);
        _transport.Take(FrameKind.Batches);
        Hash32[] hashes = [Hash32.Zero, .. batches.Select(batch => batch.Value.Hash)];

        Tell(new MempoolMessage.PeerWants(Key("v2"), BatchFrames.Request(hashes)));

        (PublicKey peer, byte[] payload) = Assert.Single(_transport.Take(FrameKind.Batches));
        int fit = (Limits.FrameFillBytes / batches[0].Value.Bytes.Length) + 1;
        Assert.Equal((Key("v2"), fit), (peer, BatchFrames.ReadBatches(payload)!.Count));
        Tell(new MempoolMessage.PeerWants(Key("v2"), BatchFrames.Request([Hash32.Zero])));
        Tell(new MempoolMessage.PeerWants(Key("v2"), new byte[] { 1 }));
        Assert.Empty(_transport.Take(FrameKind.Batches));
    }

    [Fact]
    public void Batches_of_a_block_in_progress_survive_a_restart_and_go_with_its_execution()
    {
        Verified<SignedBatch> foreign = Batch("nobody", 1);
        Block block = Block(1, default, foreign);
        DecidedBlock decided = Decide(block, foreign);
        Tell(new MempoolMessage.WantPayload(block, Key("v3")));
        Tell(new MempoolMessage.FromPeer(Key("v3"), BatchFrames.Batches([foreign.Value.Bytes])));
        _consensus.ExpectMsg<ConsensusInput.PayloadReady>();

        _mempool = Create("v1");
        Tell(new LedgerMessage.Ready(Head(0), [], null));
        Tell(new MempoolMessage.Decided(decided.Decision));

        Assert.Equal(block.Hash, _ledger.ExpectMsg<LedgerMessage.Execute>().Block.Block.Hash);
        Tell(Applied(decided));
        Assert.Empty(_journal.Read(PersistenceIds.Payloads, 1, long.MaxValue));
    }

    [Theory]
    [InlineData(Limits.MaxBatchesPerRequest, true)]
    [InlineData(Limits.MaxBatchesPerRequest + 1, false)]
    public void Requests_and_batch_frames_have_a_bound(int count, bool good)
    {
        byte[] request = BatchFrames.Request([.. Enumerable.Repeat(Hash32.Zero, count)]);
        Assert.Equal(good, BatchFrames.ReadRequest(request) is not null);
        byte[] batches = BatchFrames.Batches([.. Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[1], count)]);
        Assert.Equal(good, BatchFrames.ReadBatches(batches) is not null);
    }

    [Fact]
    public void Own_batches_are_announced_until_they_are_in_a_block()
    {
        Verified<SignedBatch> batch = BatchOfTurn(0);
        Submit(batch);
        Assert.Equal(Others, _transport.Take(FrameKind.Batches).Select(one => one.Peer));
        _kit.Runner.RunFor(Duration.FromSeconds(1));
        Assert.Empty(_transport.Take(FrameKind.BatchAnnounce));
        _kit.Runner.RunFor(Duration.FromSeconds(1));
        List<(PublicKey Peer, byte[] Payload)> announced = _transport.Take(FrameKind.BatchAnnounce);
        Assert.Equal(Others, announced.Select(one => one.Peer));
        Assert.All(announced, one => Assert.Equal(BatchFrames.Request([batch.Value.Hash]), one.Payload));
        Tell(Applied(Decide(Block(1, default, batch), batch), [new(Key("gateway"), default(NonceWindow).With(1))]));
        _kit.Runner.RunFor(Duration.FromSeconds(3));
        Assert.Empty(_transport.Take(FrameKind.BatchAnnounce));
    }

    [Fact]
    public void Announced_batches_that_are_not_held_are_asked_for()
    {
        Verified<SignedBatch> held = Batch("gateway", 1);
        Hash32 missing = Hash32.Of([1]);
        Submit(held);
        Tell(new MempoolMessage.PeerHolds(Others[1], BatchFrames.Request([held.Value.Hash, missing])));
        Tell(new MempoolMessage.PeerHolds(Others[2], BatchFrames.Request([held.Value.Hash])));
        Tell(new MempoolMessage.PeerHolds(Others[2], new byte[] { 9 }));
        (PublicKey peer, byte[] payload) = Assert.Single(_transport.Take(FrameKind.BatchRequest));
        Assert.Equal(Others[1], peer);
        Assert.Equal(BatchFrames.Request([missing]), payload);
    }

    [Fact]
    public void A_close_that_is_due_is_a_reason_to_make_a_block()
    {
        Tell(new MempoolMessage.WantWork(new Height(1)));
        Tell(new LedgerMessage.Ready(Head(0), [], Start.Plus(Duration.FromSeconds(2))));
        _kit.Runner.RunFor(new Duration(1_999_999));
        _consensus.ExpectNoMsg();
        _kit.Runner.RunFor(new Duration(1));
        Assert.Empty(_consensus.ExpectMsg<ConsensusInput.WorkOffered>().Batches);
    }

    /// <summary>The first batch of its signer of which v1 has this turn to spread it.</summary>
    private static Verified<SignedBatch> BatchOfTurn(int turn)
    {
        Membership members = new(Key("v1"), Validators);
        return Enumerable.Range(1, 100).Select(nonce => Batch("gateway", nonce))
            .First(batch => members.TurnOf(batch.Value.Hash) == turn);
    }

    private IActorRef Create(string name, RecordingTransport? transport = null)
    {
        IActorRef actor = _kit.System.ActorOf(Props.Create(() => new MempoolActor(
            new NodeIdentity(Genesis(), Key(name)),
            new NodeTimings(),
            new MempoolLimits(),
            Verifier,
            _journal,
            transport ?? _transport,
            _peers.Ref)));
        actor.Tell(new MempoolActor.Wire(_consensus.Ref, _ledger.Ref));
        return actor;
    }

    private MempoolStatus Status()
    {
        _ledger.Send(_mempool, new MempoolMessage.AskStatus());
        return _ledger.ExpectMsg<MempoolStatus>();
    }

    private void AssertRefused(AdmissionRefusal reason, ReadOnlyMemory<byte> bytes)
    {
        Tell(new MempoolMessage.Submit(Client, bytes));
        Assert.Equal(new ClientReceipt.Refused(SignedBatch.HashOf(bytes.Span), reason), Told());
    }

    private ClientReceipt? Told()
    {
        ToClient message = _peers.ExpectMsg<ToClient>();
        Assert.Equal((Client, FrameKind.Receipts), (message.Client, message.Kind));
        return ClientReceipt.Decode(message.Payload.Span);
    }

    private void Submit(Verified<SignedBatch> batch) => Tell(new MempoolMessage.Submit(Client, batch.Value.Bytes));

    private void Tell(object message)
    {
        _mempool.Tell(message);
        _kit.Runner.RunUntilIdle();
    }
}
