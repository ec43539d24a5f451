using System;
using System.Collections.Generic;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Takes batches from clients, spreads them to the other validators, pulls what a proposal names and this node lacks,
/// offers work to consensus, and hands decided blocks with their batches to the ledger.
/// </summary>
public sealed class MempoolActor : ReceiveActor
{
    private readonly Mempool _pool;
    private readonly PayloadDesk _payloads;
    private readonly PayloadLog _log;
    private readonly BatchVerifier _verifier;
    private readonly ITransport _transport;
    private readonly Membership _members;
    private readonly NodeTimings _timings;
    private readonly IActorRef _peers;
    private readonly WaitingClients _clients = new();
    private readonly SpreadDesk _spreads;
    private readonly PassedOverWatch _passedOver = new();
    private readonly MempoolLimits _limits;
    private IReadOnlyList<PublicKey> _preferred;
    private IActorRef? _consensus;
    private IActorRef? _ledger;
    private MempoolMessage.WantWork? _wanted;
    private HashSet<Hash32> _ordered = [];
    private Hash32 _fetched;
    private Instant? _closeDue;
    private Instant? _nextTurn;
    private Instant _blockTime;
    private SignedBatch? _lastBrought;
    private bool _ready;

    public MempoolActor(
        NodeIdentity identity,
        NodeTimings timings,
        MempoolLimits limits,
        ISignatureVerifier signatures,
        IJournal journal,
        ITransport transport,
        IActorRef peers)
    {
        _members = new Membership(identity.Key, identity.FirstValidators);
        _timings = timings;
        _limits = limits;
        _preferred = _members.Others;
        _pool = new Mempool(limits);
        _payloads = new PayloadDesk(_pool);
        _spreads = new SpreadDesk(_pool, timings);
        _log = new PayloadLog(journal);
        _verifier = new BatchVerifier(identity.Chain, signatures);
        _transport = transport;
        _peers = peers;
        Receive<Wire>(wire => (_consensus, _ledger) = (wire.Consensus, wire.Ledger));
        Receive<LedgerMessage.Ready>(OnReady);
        Receive<LedgerMessage.Applied>(OnApplied);
        Receive<MempoolMessage.Submit>(OnSubmit);
        Receive<MempoolMessage.SubmitOwn>(message => TakeOwn(message.Batches));
        Receive<MempoolMessage.FromPeer>(OnBatches);
        Receive<MempoolMessage.PeerWants>(OnPeerWants);
        Receive<MempoolMessage.PeerHolds>(OnPeerHolds);
        Receive<MempoolMessage.Fetched>(message =>
        {
            _payloads.Hold(message.Block.Block.Height, message.Block.Batches);
            _fetched = message.Block.Block.Hash;
        });
        Receive<JournalAppended>(_ => { });
        Receive<JournalFailed>(message =>
            throw new InvalidOperationException($"The journal cannot be written: {message.Reason}"));
        Receive<MempoolMessage.WantWork>(message =>
        {
            _wanted = message;
            _ordered = [.. message.Taken];
            OfferWork();
        });
        Receive<MempoolMessage.WantPayload>(OnWantPayload);
        Receive<MempoolMessage.Decided>(OnDecided);
        Receive<MempoolMessage.AskStatus>(_ => Sender.Tell(new MempoolStatus(_pool.Count, _pool.Bytes), Self));
        Receive<PeerPreference>(preference => _preferred = preference.Peers);
        Receive<PullAgain>(_ => PullMissing());
        Receive<AnnounceAgain>(_ => AnnounceOwn());
        Receive<TurnHasCome>(OnTurn);
        Receive<CloseIsDue>(_ => OfferWork());
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(PeerPreference));
        Timers.StartPeriodicTimer("pull", new PullAgain(), _timings.PullInterval);
        Timers.StartPeriodicTimer("announce", new AnnounceAgain(), _timings.AnnounceInterval);
    }

    private void OnReady(LedgerMessage.Ready ready)
    {
        _pool.UpdateSigners(ready.Signers, ready.EvidenceSigners);
        foreach ((Height height, Verified<SignedBatch> batch) in _log.Recover(ready.Head.Height, _verifier))
        {
            _payloads.Hold(height, [batch]);
        }

        _blockTime = ready.Head.Time;
        _members.Update(ready.Head.Validators);
        _ready = true;
        AwaitClose(ready.CloseDue);
    }

    private void OnApplied(LedgerMessage.Applied applied)
    {
        if (applied.Replayed)
        {
            return;
        }

        _pool.UpdateSigners(applied.Signers, applied.EvidenceSigners);
        _blockTime = applied.Head.Time;
        _members.Update(applied.Head.Validators);
        foreach (BatchOutcome outcome in applied.Outcome.Batches)
        {
            Hash32 hash = outcome.Batch.Hash;
            if (outcome.Status != BatchStatus.OutOfOrder)
            {
                _pool.Remove(hash);
                NotifyClients(hash, new ClientReceipt.Final(
                    hash, applied.Head.Height, outcome.Status, outcome.Receipts));
            }
        }

        foreach ((Hash32 hash, AdmissionRefusal reason) in _pool.RemoveStale(_blockTime))
        {
            NotifyClients(hash, new ClientReceipt.Refused(hash, reason));
        }

        _spreads.Forget();
        _payloads.Forget(applied.Head.Height);
        _log.Forget(applied.Head.Height);
        WatchProposer(applied.Block.Block.Header.Proposer, applied.Block.Batches);
        AwaitClose(applied.CloseDue);
    }

    /// <summary>A fresh block with room, and batches that it could have had: who proposes so again and again?</summary>
    private void WatchProposer(PublicKey proposer, IReadOnlyList<Verified<SignedBatch>> batches)
    {
        bool isFresh = Context.Now.Since(_blockTime).Micros < Limits.FreshBlockAge.Micros;
        if (_pool.Count == 0 || !isFresh || !PassedOverWatch.HasRoom(batches, _limits))
        {
            return;
        }

        bool isOverdue = false;
        foreach (var found in _passedOver.Executed(proposer, _pool.Select(), Context.Now))
        {
            isOverdue |= found.IsOverdue;
            if (found.IsFirst)
            {
                Context.System.EventStream.Publish(new BatchPassedOver(proposer, found.Batch));
            }
        }

        if (isOverdue)
        {
            _consensus!.Tell(new ConsensusInput.PassedOver(proposer), Self);
        }
    }

    private void AwaitClose(Instant? due)
    {
        _closeDue = due;
        if (due is { } at && _members.IsValidator)
        {
            long wait = Math.Max(0, at.Since(Context.Now).Micros);
            Timers.StartSingleTimer("close", new CloseIsDue(), new Duration(wait));
        }
    }

    private void OnSubmit(MempoolMessage.Submit submit)
    {
        Hash32 hash = SignedBatch.HashOf(submit.Bytes.Span);
        bool known = _pool.Contains(hash);
        AdmissionRefusal refusal = known ? AdmissionRefusal.None : AdmitFromClient(submit.Client, submit.Bytes);
        if (refusal != AdmissionRefusal.None)
        {
            Reply(submit.Client, new ClientReceipt.Refused(hash, refusal));
            return;
        }

        _clients.Add(hash, submit.Client);
        Reply(submit.Client, new ClientReceipt.Admitted(hash));
        if (known)
        {
            _spreads.TakeKnown(hash);
            return;
        }

        if (_spreads.Take(hash, _members.TurnOf(hash), Context.Now))
        {
            SendToOthers(FrameKind.Batches, BatchFrames.Batches([submit.Bytes]));
        }

        AwaitTurn();
        AfterArrival();
    }

    /// <summary>The node's own batches: nobody waits for their receipts, and nobody else can spread them.</summary>
    private void TakeOwn(IReadOnlyList<ReadOnlyMemory<byte>> batches)
    {
        List<ReadOnlyMemory<byte>> taken = [];
        foreach (ReadOnlyMemory<byte> bytes in batches)
        {
            Hash32 hash = SignedBatch.HashOf(bytes.Span);
            if (!_pool.Contains(hash) && AdmitFromClient(_members.Self, bytes) == AdmissionRefusal.None
                && _spreads.Take(hash, 0, Context.Now))
            {
                taken.Add(bytes);
            }
        }

        if (taken.Count > 0)
        {
            SendToOthers(FrameKind.Batches, BatchFrames.Batches(taken));
            AfterArrival();
        }
    }

    private void AwaitTurn()
    {
        if (_spreads.NextDue() is { } due && (_nextTurn is not { } next || due < next))
        {
            _nextTurn = due;
            Timers.StartSingleTimer("turn", new TurnHasCome(due), _spreads.WaitFor(due, Context.Now));
        }
    }

    /// <summary>What peers sent before the timer fired stood before it in the mailbox.</summary>
    private void OnTurn(TurnHasCome turn)
    {
        _nextTurn = null;
        while (_spreads.TakeDue(turn.Due > Context.Now ? turn.Due : Context.Now) is { Count: > 0 } batches)
        {
            SendToOthers(FrameKind.Batches, BatchFrames.Batches(batches));
        }

        AwaitTurn();
    }

    private AdmissionRefusal AdmitFromClient(PublicKey client, ReadOnlyMemory<byte> bytes)
    {
        if (!_ready || !_members.IsValidator)
        {
            return AdmissionRefusal.NotReady;
        }

        AdmissionRefusal refusal = Verify(bytes, client, PeerRole.Client, out Verified<SignedBatch> batch);
        return refusal == AdmissionRefusal.None ? _pool.Add(batch, AdmissionTime()) : refusal;
    }

    private void OnBatches(MempoolMessage.FromPeer message)
    {
        if (!_ready || Read(BatchFrames.ReadBatches(message.Bytes), message.Peer) is not { } batches)
        {
            return;
        }

        bool isNew = false;
        foreach (ReadOnlyMemory<byte> bytes in batches)
        {
            // What is new is copied: it outlives the frame, which may be much longer.
            Hash32 hash = HashOf(bytes.Span);
            _spreads.Brought(hash);
            if (!_pool.Contains(hash) && !_payloads.Holds(hash)
                && Verify(bytes.ToArray(), message.Peer, PeerRole.Validator, out Verified<SignedBatch> batch)
                    == AdmissionRefusal.None)
            {
                isNew = true;
                if (_pool.Add(batch, AdmissionTime()) != AdmissionRefusal.None)
                {
                    _payloads.HoldIfWanted(batch);
                }
            }
        }

        if (isNew)
        {
            AfterArrival();
        }
    }

    /// <summary>Most often several peers bring the same batch, one after the other.</summary>
    private Hash32 HashOf(ReadOnlySpan<byte> bytes)
    {
        if (_lastBrought is not { } last || !bytes.SequenceEqual(last.Bytes.Span))
        {
            Hash32 hash = SignedBatch.HashOf(bytes);
            _lastBrought = _payloads.Find(hash)?.Value;
            return hash;
        }

        return last.Hash;
    }

    private void OnPeerWants(MempoolMessage.PeerWants message)
    {
        if (Read(BatchFrames.ReadRequest(message.Bytes.Span), message.Peer) is not { } hashes)
        {
            return;
        }

        List<ReadOnlyMemory<byte>> found = [];
        int bytes = 0;
        foreach (Hash32 hash in hashes)
        {
            if (_payloads.Find(hash) is { } batch && bytes < Limits.FrameFillBytes)
            {
                found.Add(batch.Value.Bytes);
                bytes += batch.Value.Bytes.Length;
            }
        }

        if (found.Count > 0)
        {
            _transport.Send(message.Peer, FrameKind.Batches, BatchFrames.Batches(found));
        }
    }

    private void OnWantPayload(MempoolMessage.WantPayload message)
    {
        _payloads.Want(message.Block, message.From);
        AfterArrival();
        PullMissing();
    }

    private void OnDecided(MempoolMessage.Decided message)
    {
        if (_payloads.Assemble(message.Decision) is { } block)
        {
            _ledger!.Tell(new LedgerMessage.Execute(block), Self);
            return;
        }

        throw new InvalidOperationException(
            $"Block {message.Decision.Value.Block.Height} was decided without all of its batches.");
    }

    private void AfterArrival()
    {
        foreach (Block block in _payloads.TakeComplete())
        {
            if (block.Hash != _fetched)
            {
                Keep(block.Height, block.Batches);
            }

            _consensus!.Tell(new ConsensusInput.PayloadReady(block.Hash), Self);
        }

        OfferWork();
    }

    private void OfferWork()
    {
        if (_wanted is not { } wanted || !_ready)
        {
            return;
        }

        // The close that is due may be in a block in flight, whose execution will tell.
        bool closes = !wanted.IsAboveOthers && _closeDue is { } due && Context.Now >= due;
        List<Hash32> batches = _pool.Select(_ordered);
        if (batches.Count > 0 || closes)
        {
            _wanted = null;
            Keep(wanted.Height, batches);
            _consensus!.Tell(new ConsensusInput.WorkOffered(wanted.Height, batches), Self);
        }
    }

    private void Keep(Height height, IReadOnlyList<Hash32> hashes)
    {
        List<Verified<SignedBatch>> batches = new(hashes.Count);
        foreach (Hash32 hash in hashes)
        {
            batches.Add(_payloads.Find(hash)!.Value);
        }

        _payloads.Hold(height, batches);
        _log.Keep(height, batches, Context.Now, Self);
    }

    private void PullMissing()
    {
        foreach ((PublicKey from, List<Hash32> missing) in _payloads.NextRequests(_preferred))
        {
            _transport.Send(from, FrameKind.BatchRequest, BatchFrames.Request(missing));
        }
    }

    /// <summary>Names batches of clients that still wait: whoever lacks one asks for it.</summary>
    private void AnnounceOwn()
    {
        if (_spreads.Announce() is { Count: > 0 } hashes)
        {
            SendToOthers(FrameKind.BatchAnnounce, BatchFrames.Request(hashes));
        }
    }

    private void OnPeerHolds(MempoolMessage.PeerHolds message)
    {
        if (!_ready || Read(BatchFrames.ReadRequest(message.Bytes.Span), message.Peer) is not { } hashes)
        {
            return;
        }

        hashes.RemoveAll(hash => _payloads.Find(hash) is not null);
        if (hashes.Count > 0)
        {
            _transport.Send(message.Peer, FrameKind.BatchRequest, BatchFrames.Request(hashes));
        }
    }

    private void SendToOthers(FrameKind kind, byte[] payload)
    {
        foreach (PublicKey peer in _members.Others)
        {
            _transport.Send(peer, kind, payload);
        }
    }

    private T? Read<T>(T? payload, PublicKey peer)
        where T : class
    {
        if (payload is null)
        {
            Blame(peer, LinkOffence.Malformed);
        }

        return payload;
    }

    private AdmissionRefusal Verify(
        ReadOnlyMemory<byte> bytes, PublicKey from, PeerRole role, out Verified<SignedBatch> batch)
    {
        BatchRefusal refusal = _verifier.Verify(bytes, out batch);
        if (refusal != BatchRefusal.None && role == PeerRole.Validator)
        {
            Context.System.EventStream.Publish(new SentinelInput.BadBatch(bytes));
        }

        switch (refusal)
        {
            case BatchRefusal.None:
                return AdmissionRefusal.None;
            case BatchRefusal.BadReadingSignature when role == PeerRole.Client:
                Blame(from, LinkOffence.BadContent);
                return AdmissionRefusal.BadSignature;
            case BatchRefusal.BadSignature or BatchRefusal.BadReadingSignature:
                Blame(from, LinkOffence.BadSignature);
                return AdmissionRefusal.BadSignature;
            default:
                Blame(from, LinkOffence.Malformed);
                return AdmissionRefusal.Malformed;
        }
    }

    private void Blame(PublicKey peer, LinkOffence offence) =>
        Context.System.EventStream.Publish(new LinkFault(peer, offence));

    private Instant AdmissionTime() => Context.Now > _blockTime ? Context.Now : _blockTime;

    private void NotifyClients(Hash32 batch, ClientReceipt receipt)
    {
        foreach (PublicKey client in _clients.Take(batch))
        {
            Reply(client, receipt);
        }
    }

    private void Reply(PublicKey client, ClientReceipt receipt) =>
        _peers.Tell(new ToClient(client, FrameKind.Receipts, receipt.ToArray()), Self);

    /// <summary>The actors that are made after this one.</summary>
    public sealed record Wire(IActorRef Consensus, IActorRef Ledger);

    private sealed record PullAgain;

    private sealed record AnnounceAgain;

    private sealed record TurnHasCome(Instant Due);

    private sealed record CloseIsDue;
}
