using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>
/// Stake-weighted Tendermint: Algorithm 1 of "The latest gossip on BFT consensus" (Buchman, Kwon and Milosevic, arXiv
/// 1807.04938), whose lines the code cites as L22; the rules POS-1… are those of docs/spec/pos.md. This part takes
/// inputs and moves from height to height.
/// </summary>
public sealed partial class PosMachine : IConsensus
{
    private readonly PosOptions _options;
    private readonly PublicKey? _selfKey;
    private readonly BorshWriter _writer = new();

    private ValidatorSet _set;

    /// <summary>The first height of <see cref="_set"/>.</summary>
    private Height _since;

    private ValidatorIndex? _self;
    private ChainTip _tip;
    private HeightState _at;
    private NextHeightBuffer _next;
    private readonly CheckpointDesk _checkpoints;
    private PeerDesk _peers;

    /// <summary>Final, and not yet executed: nothing else happens at its height.</summary>
    private Decision? _decided;

    /// <summary>A final block of the height after the one in progress.</summary>
    private Verified<Decision>? _caughtNext;

    private bool _isStarted;
    private bool _isHalted;

    /// <summary>Another protocol decides all heights to come.</summary>
    private bool _isEnded;

    private Instant _now;
    private List<ConsensusEffect> _effects = [];

    public PosMachine(PosOptions options)
    {
        _options = options;
        _set = options.Validators;
        _self = options.Self;
        _selfKey = options.SelfKey ?? (options.Self is { } self ? options.Validators[self].Key : null);
        _tip = options.Tip;
        _at = new HeightState(_tip.Height.Next, _set, _options.Leaders);
        _next = new NextHeightBuffer(_set.Count);
        _since = options.SetSince;
        _checkpoints = new CheckpointDesk(
            new VotingPower(_set, QuorumRule.Power), _self, _since, options.CheckpointInterval);
        _peers = new PeerDesk(_set.Count, _self, options.ResendDelay);
        _silence = new SilenceDesk(
            new VotingPower(_set, QuorumRule.Power), _self, _since, 1, options.ResendDelay);
    }

    /// <summary>The height that this node works at: the first one that it does not know to be decided.</summary>
    public Height Height => _decided is null ? _at.Height : _at.Height.Next;

    public View Round => _decided is null ? _at.Round : View.Zero;

    /// <summary>Who proposes in the round in progress.</summary>
    public ValidatorIndex Proposer =>
        _decided is null ? _at.Proposer : ProposerRotation.Proposer(_set, Height, View.Zero, _options.Leaders);

    public ValidatorSet Validators => _set;

    public ConsensusStatus Status => _silence.AddTo(new ConsensusStatus(Height, Round, Proposer));

    public void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects)
    {
        bool isPast = _isEnded && !input.IsCheckpointVote;
        if (_isHalted || isPast || (!_isStarted && input is not ConsensusInput.Started))
        {
            return;
        }

        _now = now;
        _effects = effects;
        switch (input)
        {
            case ConsensusInput.Started started:
                OnStarted(started);
                break;
            case ConsensusInput.Received received:
                OnReceived(received.Message.Value);
                break;
            case ConsensusInput.TimeoutElapsed elapsed:
                OnTimeout(elapsed.Id);
                break;
            case ConsensusInput.WorkOffered offered:
                OnWorkOffered(offered);
                break;
            case ConsensusInput.PayloadReady ready:
                _at.Blocks.MarkHeld(ready.BlockHash);
                TryFinalize();
                Advance();
                break;
            case ConsensusInput.Caught caught:
                OnCaught(caught.Decision);
                break;
            case ConsensusInput.Applied applied:
                OnApplied(applied);
                break;
        }
    }

    public Hash32 Digest() => Hash32.Of(StateBytes());

    /// <summary>The whole state in a canonical form.</summary>
    internal byte[] StateBytes()
    {
        BorshWriter writer = new(4096);
        _tip.WriteTo(writer);
        writer.Hash32(_set.Hash);
        writer.I64(_since.Value);
        writer.I64(_self?.Value ?? -1);
        writer.Bool(_isStarted);
        writer.Bool(_isHalted);
        writer.Bool(_isEnded);
        _at.WriteTo(writer);
        _next.WriteTo(writer);
        _checkpoints.WriteTo(writer);
        _peers.WriteTo(writer);
        _silence.WriteTo(writer);
        writer.Option(_decided is not null);
        _decided?.Encode(writer);
        writer.Option(_caughtNext is not null);
        _caughtNext?.Value.Encode(writer);
        return writer.ToArray();
    }

    private void OnReceived(SignedMessage message)
    {
        // STAKE-2: a sender's number is its place in the set of the message's height.
        if (message.Message.Height < _since)
        {
            OnEarlier(message);
            return;
        }

        if (!_set.Contains(message.Sender))
        {
            return;
        }

        switch (message.Message)
        {
            case ConsensusMessage.Status status:
                OnStatus(message.Sender, status);
                return;
            case ConsensusMessage.CheckpointVote:
                OnCheckpointVote(message);
                return;
            case not (ConsensusMessage.Proposal or ConsensusMessage.Prevote or ConsensusMessage.Precommit
                or ConsensusMessage.Polka):
                return;
        }

        _silence.NoteSpoken(message.Sender);
        Height height = message.Message.Height;
        if (height < Height)
        {
            return;
        }

        if (height > _at.Height)
        {
            // POS-14
            if (height == _at.Height.Next)
            {
                _next.Keep(message);
            }

            NoteAhead(message.Sender, height, isSure: false);
            return;
        }

        OnCurrent(message);
        Advance();
    }

    /// <summary>Of a height of another set: only the last votes on its state are of use.</summary>
    private void OnEarlier(SignedMessage message)
    {
        if (message.Message is ConsensusMessage.CheckpointVote)
        {
            _isHalted = !_checkpoints.OnVote(message, _effects);
        }
    }

    private void OnCurrent(SignedMessage message)
    {
        switch (message.Message)
        {
            case ConsensusMessage.Proposal proposal:
                NoteVoted(message.Sender, proposal.Round);
                OnProposal(message, proposal);
                break;
            case ConsensusMessage.Prevote vote:
                NoteVoted(message.Sender, vote.Round);
                _at.Prevotes.Add(message.Sender, vote.Round, Choice.Of(vote), message.Signature);
                break;
            case ConsensusMessage.Precommit vote:
                NoteVoted(message.Sender, vote.Round);
                bool isNew = _at.Precommits.Add(message.Sender, vote.Round, Choice.Of(vote), message.Signature);
                if (isNew && vote.BlockHash is { } block)
                {
                    TryDecide(vote.Round, block);
                }

                break;
            case ConsensusMessage.Polka polka:
                OnPolka(polka);
                break;
        }
    }

    private void OnWorkOffered(ConsensusInput.WorkOffered offered)
    {
        if (offered.Height != _at.Height || _decided is not null || _self is null)
        {
            return;
        }

        _at.AwaitsOffer = false;
        _at.Offer = offered.Batches;
        Advance();
    }

    private void OnApplied(ConsensusInput.Applied applied)
    {
        if (applied.Height == _tip.Height && _decided is null)
        {
            _isHalted = !_checkpoints.OnExecuted(applied, _effects);
            return;
        }

        // POS-14
        if (_decided is not { } decided || applied.Height != decided.Block.Height)
        {
            return;
        }

        _isHalted = !_checkpoints.OnExecuted(applied, _effects);
        if (_isHalted)
        {
            return;
        }

        _tip = ChainTip.Of(decided.Block);
        _decided = null;
        _isEnded = applied.Height == applied.LastHeight;
        if (_isEnded)
        {
            // SWITCH-5
            return;
        }

        ChangeSet(applied.Next);
        EnterHeight();
    }

    private void ChangeSet(ValidatorSet next)
    {
        if (next.Hash == _set.Hash)
        {
            return;
        }

        _set = next;
        _self = _selfKey is { } key ? next.IndexOf(key) : null;
        _next = new NextHeightBuffer(next.Count);
        _since = _tip.Height.Next;
        _checkpoints.ChangeSet(new VotingPower(next, QuorumRule.Power), _self, _since);
        _peers = new PeerDesk(next.Count, _self, _options.ResendDelay);
        _silence.ChangeSet(new VotingPower(next, QuorumRule.Power), _self, _since);
        HeedSilence();
        _caughtNext = null;
    }

    private void EnterHeight()
    {
        // L52, L53, L54
        _at = new HeightState(_tip.Height.Next, _set, _options.Leaders);
        OpenHeight();
        foreach (SignedMessage message in _next.Drain())
        {
            OnCurrent(message);
        }

        if (_caughtNext is { } caught)
        {
            _caughtNext = null;
            OnCaught(caught);
        }

        Advance();
        if (_peers.AnyAhead(Height) || IsSilent)
        {
            EnsureResend();
        }

        SayBlank();
    }

    private void OpenHeight()
    {
        if (_self is null)
        {
            return;
        }

        // POS-2
        AskForWork();
        SetTimeout(TimeoutKind.Idle, View.Zero, _options.IdleDelay);
    }

    private void AskForWork()
    {
        if (!_at.AwaitsOffer)
        {
            _at.AwaitsOffer = true;
            Emit(new ConsensusEffect.RequestProposal(_at.Height));
        }
    }

    private void Emit(ConsensusEffect effect) => _effects.Add(effect);

    private void Broadcast(ConsensusMessage message) => Emit(new ConsensusEffect.Broadcast(message));

    private void SetTimeout(TimeoutKind kind, View round, Duration delay) =>
        Emit(new ConsensusEffect.SetTimeout(new TimeoutId(kind, _at.Height, round), delay));
}
