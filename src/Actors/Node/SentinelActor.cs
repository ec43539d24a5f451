using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Runs the sentinel machine: gives it what consensus verified, gossips digests, journals what it proves, brings that
/// to the ledger, and has the peers actor expel who is proved to lie.
/// </summary>
public sealed class SentinelActor : ReceiveActor
{
    public const string EvidenceManifest = "evidence/1";
    public const string StatementsManifest = "statements/1";

    /// <summary>How long a proved liar is not talked to; begun anew at a restart.</summary>
    public static readonly Duration Exclusion = Duration.FromSeconds(3_600);

    private static readonly Duration BatchLife = Duration.FromSeconds(600);

    private readonly NodeIdentity _identity;
    private readonly NodeTimings _timings;
    private readonly ISigner _signer;
    private readonly ISignatureVerifier _signatures;
    private readonly IJournal _journal;
    private readonly ITransport _transport;
    private readonly IActorRef _mempool;
    private readonly IActorRef _peers;
    private readonly Membership _members;
    private readonly EvidenceDesk _desk = new();
    private readonly EvidenceVerifier _verifier;
    private readonly SortedDictionary<PublicKey, Instant> _expelled = [];
    private readonly List<SentinelEffect> _effects = [];
    private SentinelMachine? _machine;
    private ChainHead? _head;
    private SetHistory? _sets;
    private long _sequence;
    private long _statements;
    private long _nonce;
    private long _accusations;

    /// <summary>This node makes the next block, whatever becomes of it.</summary>
    private bool _leads;

    public SentinelActor(
        NodeIdentity identity,
        NodeTimings timings,
        ISigner signer,
        ISignatureVerifier signatures,
        IJournal journal,
        ITransport transport,
        IActorRef mempool,
        IActorRef peers)
    {
        _identity = identity;
        _timings = timings;
        _signer = signer;
        _signatures = signatures;
        _journal = journal;
        _transport = transport;
        _mempool = mempool;
        _peers = peers;
        _verifier = new EvidenceVerifier(identity.Chain, signatures);
        _members = new Membership(identity.Key, identity.FirstValidators);
        Receive<LedgerMessage.Ready>(OnReady);
        Receive<LedgerMessage.Applied>(OnApplied);
        Receive<SentinelInput>(Step);
        Receive<SentinelMessage.Leading>(OnLeading);
        Receive<FrameReceived>(OnFrame);
        Receive<Tick>(_ => OnTick());
        Receive<JournalAppended>(_ => { });
        Receive<JournalFailed>(message =>
            throw new InvalidOperationException($"The journal cannot be written: {message.Reason}"));
        Receive<SentinelMessage.Ask>(_ => Sender.Tell(
            new SentinelMessage.Report(_desk.Waiting(), _accusations, [.. _expelled.Keys]), Self));
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(SentinelInput));
        Timers.StartPeriodicTimer("tick", new Tick(), _timings.SentinelInterval);
    }

    private void OnReady(LedgerMessage.Ready ready)
    {
        OnHead(ready.Head);
        _machine = new SentinelMachine(_identity.Chain, _signatures, ready.Head.Height, ready.Head.Validators);
        NoteNonce(ready.Signers);
        foreach (Offence offence in ready.Offences)
        {
            _desk.Commit(offence, offence.Height);
            if (!ready.Reinstated.Contains(offence.Culprit))
            {
                ExpelCulprit(offence);
            }
        }

        _statements = _journal.HighestSequenceNumber(PersistenceIds.Statements);
        _sequence = _journal.HighestSequenceNumber(PersistenceIds.Evidence);
        foreach (JournalRecord record in _journal.Read(PersistenceIds.Evidence, 1, _sequence))
        {
            // What an earlier life proved and did not bring to the ledger is brought now.
            if (FaultEvidence.Decode(record.Payload) is { } evidence)
            {
                _desk.Add(evidence, Context.Now, _members);
            }
        }

        _desk.ForgetBelow(_head!.Sets.Known);
    }

    private void OnHead(ChainHead head)
    {
        _head = head;
        _sets = new SetHistory(head.Sets);
        _members.Update(head.Validators);
        _desk.ForgetBelow(head.Sets.Known);
    }

    private void OnApplied(LedgerMessage.Applied applied)
    {
        if (applied.Replayed || _machine is null)
        {
            return;
        }

        Step(new SentinelInput.Decided(applied.Block.Decision.Value.Certificate, _head!.Validators));
        OnHead(applied.Head);
        NoteNonce(applied.Signers);
        foreach (Offence offence in applied.Outcome.Offences)
        {
            _desk.Commit(offence, applied.Head.Height);
            ExpelCulprit(offence);
            Context.System.EventStream.Publish(new SentinelMessage.Committed(offence, applied.Head.Height));
        }

        Step(new SentinelInput.Applied(applied.Head.Height, applied.Head.Validators));
        SubmitDue();
    }

    private void OnFrame(FrameReceived frame)
    {
        SentinelFrame kind = frame.Kind switch
        {
            FrameKind.VoteDigests => SentinelFrame.Digests,
            FrameKind.VoteRequest => SentinelFrame.Request,
            _ => SentinelFrame.Statements,
        };
        Step(new SentinelInput.FromPeer(frame.Peer, kind, frame.Payload));
    }

    private void OnLeading(SentinelMessage.Leading message)
    {
        // E16
        _leads = message.Leads;
        if (_leads)
        {
            SubmitDue();
        }
    }

    private void OnTick()
    {
        Step(new SentinelInput.Ticked());
        SubmitDue();
    }

    private void Step(SentinelInput input)
    {
        if (_machine is null)
        {
            return;
        }

        _machine.Step(input, _effects);
        foreach (SentinelEffect effect in _effects)
        {
            Perform(effect);
        }

        _effects.Clear();
    }

    private void Perform(SentinelEffect effect)
    {
        switch (effect)
        {
            case SentinelEffect.Accuse accuse:
                Accuse(accuse.Evidence);
                break;
            case SentinelEffect.Tell tell when _members.IsValidator:
                foreach (PublicKey peer in tell.To)
                {
                    if (peer != _identity.Key)
                    {
                        _transport.Send(peer, FrameOf(tell.Kind), tell.Bytes);
                    }
                }

                break;
            case SentinelEffect.Keep keep:
                Keep(keep.Record);
                break;
            case SentinelEffect.Send send:
                _transport.Send(send.To, FrameOf(send.Kind), send.Bytes);
                break;
        }
    }

    private void Accuse(FaultEvidence evidence)
    {
        // The last look: what this node says of others must convince them.
        if (_sets!.Of(evidence.Height) is not { } set || _verifier.Verify(evidence, set) != EvidenceRefusal.None)
        {
            return;
        }

        _accusations++;
        Context.System.EventStream.Publish(new SentinelMessage.Accused(evidence));
        if (_members.IsValidator && _desk.Add(evidence, Context.Now, _members))
        {
            _sequence++;
            JournalRecord record = new(
                PersistenceIds.Evidence, _sequence, Context.Now, EvidenceManifest, evidence.ToArray(), "");
            _journal.Append([record], Self, _sequence);
            SubmitDue();
        }
    }

    private void Keep(byte[] statements)
    {
        _statements++;
        JournalRecord record = new(
            PersistenceIds.Statements, _statements, Context.Now, StatementsManifest, statements, "");
        _journal.Append([record], Self, _statements);
        if (_statements > Limits.MaxStatementRecords)
        {
            _journal.DeleteTo(PersistenceIds.Statements, _statements - Limits.MaxStatementRecords);
        }
    }

    private void SubmitDue()
    {
        if (_head is null || !_members.IsValidator)
        {
            return;
        }

        List<ReadOnlyMemory<byte>> batches = [];
        foreach (byte[] evidence in _desk.TakeDue(Context.Now, _head.Height, _leads))
        {
            _nonce++;
            Instant time = Context.Now > _head.Time ? Context.Now : _head.Time;
            SignedBatch batch = SignedBatch.Sign(
                _identity.Chain,
                _nonce,
                time.Plus(BatchLife),
                BatchFlags.None,
                [new Command.SubmitEvidence(evidence)],
                _signer);
            batches.Add(batch.Bytes);
        }

        if (batches.Count > 0)
        {
            _mempool.Tell(new MempoolMessage.SubmitOwn(batches), Self);
        }
    }

    private void ExpelCulprit(Offence offence)
    {
        bool isExpelled = _expelled.TryGetValue(offence.Culprit, out Instant until) && Context.Now < until;
        if (offence.Culprit != _identity.Key && !isExpelled)
        {
            _expelled[offence.Culprit] = Context.Now.Plus(Exclusion);
            _peers.Tell(
                new Expel(offence.Culprit, Exclusion, $"was proved to lie at height {offence.Height}"), Self);
        }
    }

    private void NoteNonce(IReadOnlyList<KeyValuePair<PublicKey, NonceWindow>> signers)
    {
        foreach ((PublicKey key, NonceWindow nonces) in signers)
        {
            if (key == _identity.Key)
            {
                _nonce = Math.Max(_nonce, nonces.Highest);
            }
        }
    }

    private static FrameKind FrameOf(SentinelFrame kind) => kind switch
    {
        SentinelFrame.Digests => FrameKind.VoteDigests,
        SentinelFrame.Request => FrameKind.VoteRequest,
        _ => FrameKind.Votes,
    };

    private sealed record Tick;
}
