using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Runs the consensus machine: verifies what comes in, journals what must survive before it lets anything out, signs,
/// sends, and loops the node's own messages back.
/// </summary>
public sealed class ConsensusActor : ReceiveActor
{
    public const string CheckpointManifest = "checkpoint/1";

    private readonly NodeIdentity _identity;
    private readonly Func<ChainHead, IConsensus> _createMachine;
    private readonly MessageVerifiers _verifiers;
    private readonly MessageSigner _signer;
    private readonly IJournal _journal;
    private readonly ITransport _transport;
    private readonly IActorRef _mempool;
    private readonly IActorRef _sync;
    private readonly IMiner? _miner;
    private readonly SharedVerifications? _shared;
    private readonly List<FinalBlock> _finals = [];
    private readonly EffectGate _gate = new();
    private readonly Queue<ConsensusInput> _inputs = new();
    private readonly List<ConsensusEffect> _effects = [];
    private readonly SafetyJournal _safety;
    private readonly RejoinLog _rejoin;
    private readonly LeadWatch _lead;

    /// <summary>Whose each effect in the gate is, and in which set its numbers count; in the gate's order.</summary>
    private readonly Queue<(IConsensus Machine, ValidatorSet Book)> _origins = new();
    private readonly ForeignFrames _foreign;
    private readonly List<PublicKey> _others = [];
    private IConsensus? _machine;

    /// <summary>The machine of the protocol before: it counts the last votes on the state (SWITCH-5).</summary>
    private IConsensus? _retired;

    /// <summary>The first height of the present machine when it replaced another one; else 0.</summary>
    private Height _changedAt;
    private ChainHead? _head;
    private SetHistory? _sets;
    private CheckpointCertificate? _checkpoint;
    private long _checkpointSequence;
    private long _refused;
    private long _forks;
    private bool _stepping;

    public ConsensusActor(
        NodeIdentity identity,
        Func<ChainHead, IConsensus> createMachine,
        ISigner signer,
        ISignatureVerifier signatures,
        IJournal journal,
        ITransport transport,
        IActorRef mempool,
        IActorRef sync,
        IMiner? miner = null,
        SharedVerifications? shared = null,
        bool mayHaveForgotten = false)
    {
        _identity = identity;
        _createMachine = createMachine;
        _verifiers = new MessageVerifiers(identity.Chain, signatures);
        _signer = new MessageSigner(identity.Chain, signer);
        _journal = journal;
        _safety = new SafetyJournal(journal);
        _rejoin = new RejoinLog(journal, mayHaveForgotten);
        _lead = new LeadWatch(identity.Key);
        _transport = transport;
        _mempool = mempool;
        _sync = sync;
        _foreign = new ForeignFrames(transport, sync);
        _miner = miner;
        _shared = shared;
        Receive<LedgerMessage.Ready>(OnReady);
        Receive<LedgerMessage.Applied>(OnApplied);
        Receive<FrameReceived>(OnFrame);
        Receive<ConsensusInput>(Step);
        Receive<NonceFound>(found => Step(new ConsensusInput.WorkFound(found.Block, found.Nonce)));
        Receive<JournalAppended>(message =>
        {
            _gate.Lift(message.Token);
            Pump();
        });
        Receive<JournalFailed>(message =>
            throw new InvalidOperationException($"The journal cannot be written: {message.Reason}"));
        Receive<AskConsensus>(_ => Sender.Tell(
            new ConsensusReport(_machine?.Status, _head, _checkpoint, _refused, _gate.IsOpen)
            {
                Reorganisations = _forks,
            },
            Self));
    }

    private void OnReady(LedgerMessage.Ready ready)
    {
        _head = ready.Head;
        _sets = new SetHistory(ready.Head.Sets);
        ListOthers();
        _checkpointSequence = _journal.HighestSequenceNumber(PersistenceIds.Checkpoints);
        List<SafetyRecord> recovered = _safety.Recover(ready.Head);
        _rejoin.Recover(ready.Head);
        _machine = _createMachine(ready.Head);
        Step(new ConsensusInput.Started(recovered) { Below = [.. _finals], Doubt = _rejoin.Doubt });
        _finals.Clear();
    }

    private void OnApplied(LedgerMessage.Applied applied)
    {
        if (applied.Replayed)
        {
            Remember(FinalBlock.Of(applied.Block.Decision.Value));
            return;
        }

        SetForecast before = _head!.Sets;
        _head = applied.Head;
        _sets!.Advance(applied.Head.Sets);
        _safety.ForgetUpTo(applied.Head.Height);
        Step(new ConsensusInput.Applied(
            applied.Head.Height, applied.Head.StateRoot, applied.Head.ReceiptsRoot, applied.Head.Validators)
        {
            Border = applied.Head.Sets.Border,
            LastHeight = LastHeight(before.Rules),
        });
        if (_head.Rules != before.Rules)
        {
            ChangeProtocol();
        }

        if (_head.Validators != before.InForce)
        {
            ListOthers();
            foreach (FrameReceived early in _foreign.TakeEarly())
            {
                OnFrame(early);
            }
        }
    }

    /// <summary>The last height that is decided by the rules of the executed one, as far as it is known.</summary>
    private Height? LastHeight(ConsensusRules rules) =>
        _head!.Rules != rules ? _head.Height
        : _head.Sets.DecidedRules is { } next && next != rules ? new Height(_head.Sets.Border!.Value.Value - 1)
        : null;

    /// <summary>The machine of the old protocol has ended; that of the new one begins at the next height.</summary>
    private void ChangeProtocol()
    {
        // SWITCH-5
        _retired = _machine;
        _changedAt = _head!.Height.Next;
        foreach (TimeoutKind kind in Enum.GetValues<TimeoutKind>())
        {
            Timers.Cancel(kind);
        }

        _miner?.Cancel();
        _safety.ForgetAll();
        _machine = _createMachine(_head);
        Step(new ConsensusInput.Started([]) { Doubt = _rejoin.HandOver(_head) });
    }

    private void ListOthers()
    {
        _others.Clear();
        foreach (Validator validator in _head!.Validators.Validators)
        {
            if (validator.Key != _identity.Key)
            {
                _others.Add(validator.Key);
            }
        }
    }

    /// <summary>Keeps the last final blocks of the replay, for a protocol that wants to know them.</summary>
    private void Remember(FinalBlock block)
    {
        _finals.Add(block);
        if (_finals.Count > 2 * Limits.MaxFinalsRemembered)
        {
            _finals.RemoveRange(0, Limits.MaxFinalsRemembered);
        }
    }

    private void OnFrame(FrameReceived frame)
    {
        if (_machine is null)
        {
            return;
        }

        SignedMessage? decoded = _shared is null
            ? SignedMessage.Decode(frame.Payload.Span)
            : _shared.Decode(frame.Payload);
        if (decoded is not { } signed)
        {
            Refuse(frame.Peer, LinkOffence.Malformed);
            return;
        }

        // STAKE-2
        Height height = signed.Message.Height;
        bool isEarlierState = height < _head!.Sets.Since && signed.Message is ConsensusMessage.CheckpointVote;
        Verified<SignedMessage> message = default;
        if (_sets!.IsBurying(signed.Message)
            && Verify(_head.Rules, signed, _head.Validators, _head.Sets.Since, out message) == MessageRefusal.None)
        {
            Take(message, _head.Validators);
            return;
        }

        MessageRefusal refusal = _sets.Of(height) is { } set
            ? Verify(_sets.RulesOf(height)!, signed, set, _sets.SinceOf(height), out message)
            : MessageRefusal.UnknownSigner;
        if (refusal == MessageRefusal.None && (_sets.IsCurrent(height) || isEarlierState))
        {
            Take(message, _sets.Of(height)!);
            return;
        }

        if (refusal is MessageRefusal.UnknownSigner or MessageRefusal.BadSignature)
        {
            Context.System.EventStream.Publish(new SentinelInput.Stranger(frame.Peer, frame.Payload));
        }

        // SWITCH-7
        bool isBlameless = MayHaveAnotherSet(height)
            || (refusal == MessageRefusal.ForeignProtocol && _sets!.IsNearChange);
        if (refusal != MessageRefusal.None && !isBlameless)
        {
            Refuse(frame.Peer, OffenceOf(refusal, height));
            return;
        }

        OnForeign(frame, signed.Message, refusal == MessageRefusal.None);
    }

    private void Take(Verified<SignedMessage> message, ValidatorSet set)
    {
        Context.System.EventStream.Publish(new SentinelInput.Heard(message, set));
        Step(new ConsensusInput.Received(message));
    }

    private MessageRefusal Verify(
        ConsensusRules rules,
        SignedMessage signed,
        ValidatorSet set,
        Height since,
        out Verified<SignedMessage> message) =>
        _shared is null
            ? _verifiers.For(rules).Verify(signed, set, since, out message)
            : _shared.Verify(_verifiers.For(rules), signed, set, since, out message);

    /// <summary>A message of a height whose set is another one than that of the height in progress.</summary>
    private void OnForeign(FrameReceived frame, ConsensusMessage message, bool verified)
    {
        if (message.Height > _head!.Height.Next)
        {
            _foreign.OnAhead(frame, _head.Height, verified && message.Height == _head.Sets.Border, Context.Now);
        }
        else if (message is ConsensusMessage.Status && message.Height < _head.Height.Next
            && _head.Validators.IndexOf(_identity.Key) is { } self)
        {
            ConsensusMessage.Status own = new(
                _head.Height.Next, View.Zero, _checkpoint?.Height ?? Height.Genesis);
            _foreign.OnBehind(frame.Peer, _signer.Sign(own, self), Context.Now);
        }
    }

    /// <summary>Its sender may know a later change, or not yet the last one: nobody is to blame.</summary>
    private bool MayHaveAnotherSet(Height height) =>
        height < _head!.Sets.Since || height.Value > _head.Height.Value + _head.Sets.Window + 1;

    /// <summary>
    /// Only at the next height the protocol is surely the same at an honest peer, which is behind or ahead.
    /// </summary>
    private LinkOffence OffenceOf(MessageRefusal refusal, Height height) =>
        height == _head!.Height.Next && refusal != MessageRefusal.ForeignProtocol
            ? LinkOffence.BadSignature
            : LinkOffence.Unverifiable;

    /// <summary>Of a height whose set is known.</summary>
    private MessageVerifier VerifierOf(Height height) => _verifiers.For(_sets!.RulesOf(height)!);

    private void Refuse(PublicKey peer, LinkOffence offence)
    {
        _refused++;
        Context.System.EventStream.Publish(new LinkFault(peer, offence));
    }

    private void Step(ConsensusInput input)
    {
        if (_machine is null)
        {
            return;
        }

        _inputs.Enqueue(input);
        Pump();
    }

    /// <summary>Feeds inputs and lets out effects until neither is left; effects may feed inputs back.</summary>
    private void Pump()
    {
        if (_stepping)
        {
            return;
        }

        _stepping = true;
        bool progress = true;
        while (progress)
        {
            progress = false;
            while (_inputs.TryDequeue(out ConsensusInput? input))
            {
                if (MachineFor(input) is { } machine)
                {
                    machine.Step(input, Context.Now, _effects);
                    _rejoin.OnStep(machine, input, Context.Now, Self, _gate);
                    Admit(machine);
                }

                progress = true;
            }

            while (_gate.TryRelease(out ConsensusEffect? effect))
            {
                (IConsensus machine, ValidatorSet book) = _origins.Dequeue();
                if (machine == _machine || IsLastWord(effect!))
                {
                    Perform(effect!, book);
                }

                progress = true;
            }
        }

        _stepping = false;
        if (_machine is { } current && _lead.Note(current, _head!))
        {
            Context.System.EventStream.Publish(new SentinelMessage.Leading(_lead.Leads));
        }
    }

    /// <summary>What is signed for heights of the protocol before concerns its machine, if it is still there.</summary>
    private IConsensus? MachineFor(ConsensusInput input) =>
        input is ConsensusInput.Received received && received.Message.Value.Message.Height < _changedAt
            ? _retired
            : _machine;

    /// <summary>What a machine may still do after another one has taken its place.</summary>
    private static bool IsLastWord(ConsensusEffect effect) => effect
        is ConsensusEffect.Broadcast { Message: ConsensusMessage.CheckpointVote }
        or ConsensusEffect.Checkpointed or ConsensusEffect.Diverged;

    private void Admit(IConsensus machine)
    {
        foreach (ConsensusEffect effect in _effects)
        {
            if (effect is ConsensusEffect.Persist persist)
            {
                _safety.Append(persist.Record, Context.Now, Self, _gate.AddBarrier());
            }
            else
            {
                _gate.Hold(effect);
                _origins.Enqueue((machine, _head!.Validators));
            }
        }

        _effects.Clear();
    }

    /// <param name="book">The set in which the effect's numbers count.</param>
    private void Perform(ConsensusEffect effect, ValidatorSet book)
    {
        switch (effect)
        {
            case ConsensusEffect.Broadcast broadcast:
                Broadcast(broadcast.Message);
                break;
            case ConsensusEffect.Send send:
                if (Sign(send.Message) is { } signed)
                {
                    Transmit(book[send.To].Key, signed.Value.ToArray());
                }

                break;
            case ConsensusEffect.Relay relay:
                Transmit(book[relay.To].Key, relay.Message.ToArray());
                break;
            case ConsensusEffect.SetTimeout timeout:
                Timers.StartSingleTimer(
                    timeout.Id.Kind, new ConsensusInput.TimeoutElapsed(timeout.Id), timeout.Delay);
                break;
            case ConsensusEffect.CancelTimeout cancel:
                Timers.Cancel(cancel.Kind);
                break;
            case ConsensusEffect.RequestProposal request:
                _mempool.Tell(
                    new MempoolMessage.WantWork(request.Height)
                    {
                        Taken = request.Taken,
                        IsAboveOthers = request.IsAboveOthers,
                    },
                    Self);
                break;
            case ConsensusEffect.RequestPayload request:
                _mempool.Tell(new MempoolMessage.WantPayload(request.Block, book[request.From].Key), Self);
                break;
            case ConsensusEffect.Finalize finalize:
                _mempool.Tell(new MempoolMessage.Decided(Certified(finalize.Decision)), Self);
                break;
            case ConsensusEffect.Checkpointed checkpointed:
                Keep(checkpointed.Certificate);
                break;
            case ConsensusEffect.CatchUp catchUp:
                PublicKey peer = book[catchUp.Peer].Key;
                _sync.Tell(new SyncMessage.CatchUp(peer, catchUp.From, catchUp.IsComparison), Self);
                break;
            case ConsensusEffect.Diverged diverged:
                throw new NodeDivergedException(diverged.Height, diverged.OwnStateRoot, diverged.QuorumStateRoot);
            case ConsensusEffect.Mine mine:
                _miner?.Mine(mine.BlockHash, mine.Difficulty, Self);
                break;
            case ConsensusEffect.CancelMining:
                _miner?.Cancel();
                break;
            case ConsensusEffect.HeadChanged changed:
                _forks += changed.Undone > 0 ? 1 : 0;
                break;
            case ConsensusEffect.DeepFork fork:
                throw new NodeForkedException(fork.Ancestor, fork.Final, fork.OtherBlock);
            default:
                throw new InvalidOperationException($"No shell for {effect.GetType().Name}.");
        }
    }

    /// <summary>The shell's last look: a decision is only journaled with a certificate that anyone can check.</summary>
    private Verified<Decision> Certified(Decision decision)
    {
        Height height = decision.Block.Height;
        MessageRefusal refusal = VerifierOf(height).Verify(
            decision, _sets!.Of(height)!, out Verified<Decision> verified);
        return refusal == MessageRefusal.None
            ? verified
            : throw new InvalidOperationException(
                $"Block {height} was decided without a valid certificate: {refusal}.");
    }

    private void Broadcast(ConsensusMessage message)
    {
        if (Sign(message) is not { } signed)
        {
            return;
        }

        byte[] wire = signed.Value.ToArray();
        foreach (PublicKey peer in _others)
        {
            _transport.Send(peer, FrameKind.Consensus, wire);
        }

        Context.System.EventStream.Publish(new SentinelInput.Heard(signed, SignersOf(message)!));
        _inputs.Enqueue(new ConsensusInput.Received(signed));
    }

    /// <summary>Null when this node has no vote at the message's height: the set has changed meanwhile.</summary>
    private Verified<SignedMessage>? Sign(ConsensusMessage message) =>
        SignersOf(message)?.IndexOf(_identity.Key) is { } self ? _signer.Sign(message, self) : null;

    /// <summary>The set in which the sender of an own message has its number.</summary>
    private ValidatorSet? SignersOf(ConsensusMessage message) =>
        _sets!.IsBurying(message) ? _head!.Validators : _sets.Of(message.Height);

    private void Transmit(PublicKey to, byte[] wire) => _transport.Send(to, FrameKind.Consensus, wire);

    private void Keep(CheckpointCertificate certificate)
    {
        _checkpoint = certificate;
        BorshWriter writer = new();
        certificate.Encode(writer);
        _checkpointSequence++;
        JournalRecord row = new(
            PersistenceIds.Checkpoints, _checkpointSequence, Context.Now, CheckpointManifest, writer.ToArray(), "");
        _journal.Append([row], Self, _gate.AddBarrier());
    }
}
