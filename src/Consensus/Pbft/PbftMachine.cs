using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>
/// Practical Byzantine Fault Tolerance (Castro and Liskov, OSDI '99) with a window of heights in flight. The rules R1…
/// that the code cites are those of docs/spec/pbft.md. This part takes inputs and moves the window.
/// </summary>
public sealed partial class PbftMachine : IConsensus
{
    private readonly PbftOptions _options;
    private readonly PublicKey? _selfKey;
    private readonly BorshWriter _writer = new();
    private readonly int _window;
    private ViewState _view = new();
    private readonly List<HeightState> _slots = [];
    private readonly List<CommitCertificate> _recent = [];

    private ValidatorSet _set;

    /// <summary>The first height of <see cref="_set"/>.</summary>
    private Height _since;

    private ValidatorIndex? _self;
    private ChainTip _tip;
    private LeaderSchedule _leaders;
    private ViewChangeLog _viewChanges;
    private AdaptiveTimeout _patience;
    private readonly CheckpointDesk _checkpoints;
    private PeerDesk _peers;
    private readonly SilenceDesk _silence;

    /// <summary>Final, and not yet executed: nothing else happens at its height.</summary>
    private Decision? _decided;

    /// <summary>The first height of a set that is decided and waits; null when none waits.</summary>
    private Height? _border;

    /// <summary>What the mempool was asked for, and what it answered.</summary>
    private Height? _requested;
    private ConsensusInput.WorkOffered? _offer;

    /// <summary>The view whose timer runs, and since when.</summary>
    private View? _timerView;
    private Instant _timerSince;
    private bool _isResending;

    /// <summary>The standing of this node is on disk until this height is decided.</summary>
    private Height _standingUntil;

    private bool _isStarted;
    private bool _isHalted;

    /// <summary>Another protocol decides all heights to come.</summary>
    private bool _isEnded;

    private Instant _now;
    private List<ConsensusEffect> _effects = [];

    public PbftMachine(PbftOptions options)
    {
        _options = options;
        _window = options.Window;
        _set = options.Validators;
        _self = options.Self;
        _selfKey = options.SelfKey ?? (options.Self is { } self ? options.Validators[self].Key : null);
        _tip = options.Tip;
        _border = options.Border;
        if (options.TipCertificate is { } certificate && certificate.Height >= options.SetSince)
        {
            _recent.Add(certificate);
        }

        _leaders = new LeaderSchedule(_set.Count, _set.MaxFaulty);
        _viewChanges = new ViewChangeLog(_set.Count);
        _patience = new AdaptiveTimeout(
            options.ViewTimeout, options.MinViewTimeout, options.MaxViewTimeout, _set.Count);
        _since = options.SetSince;
        _checkpoints = new CheckpointDesk(
            new VotingPower(_set, QuorumRule.Heads), _self, _since, options.CheckpointInterval);
        _peers = new PeerDesk(_set.Count, _self, options.ResendDelay);
        _silence = new SilenceDesk(
            new VotingPower(_set, QuorumRule.Heads), _self, _since, _window, options.ResendDelay);
        FillWindow();
    }

    /// <summary>The first height that this node does not know to be decided.</summary>
    public Height Height => _decided is null ? _slots[0].Height : _slots[1].Height;

    public View View => _view.View;

    /// <summary>Who leads the view in progress.</summary>
    public ValidatorIndex Leader => _leaders.Leader(_view.View);

    public ValidatorSet Validators => _set;

    public ConsensusStatus Status => _silence.AddTo(new ConsensusStatus(Height, View, Leader));

    /// <summary>Whether it may have forgotten promises, and so does not vote.</summary>
    public bool IsSilent => _silence.IsSilent;

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
                OnPayloadReady(ready.BlockHash);
                break;
            case ConsensusInput.Caught caught:
                OnCaught(caught.Decision);
                break;
            case ConsensusInput.Applied applied:
                OnApplied(applied);
                break;
            case ConsensusInput.PassedOver passedOver:
                OnPassedOver(passedOver.Proposer);
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
        _view.WriteTo(writer);
        foreach (HeightState slot in _slots)
        {
            slot.WriteTo(writer);
        }

        WireFields.WriteDecided(writer, _recent);
        _leaders.WriteTo(writer);
        _viewChanges.WriteTo(writer);
        _patience.WriteTo(writer);
        _checkpoints.WriteTo(writer);
        _peers.WriteTo(writer);
        _silence.WriteTo(writer);
        writer.Option(_decided is not null);
        _decided?.Encode(writer);
        writer.I64(_border?.Value ?? -1);
        writer.I64(_requested?.Value ?? -1);
        writer.I64(_offer?.Height.Value ?? -1);
        foreach (Hash32 batch in _offer?.Batches ?? [])
        {
            writer.Hash32(batch);
        }

        writer.I64(_timerView?.Value ?? -1);
        writer.I64(_timerSince.Micros);
        writer.Bool(_isResending);
        writer.I64(_standingUntil.Value);
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
        }

        _silence.NoteSpoken(message.Sender);
        switch (message.Message)
        {
            case ConsensusMessage.ViewChange change:
                NoteAhead(message.Sender, change.Height, isSure: true);
                OnViewChange(message);
                break;
            case ConsensusMessage.OpenView newView:
                OnNewView(message, newView);
                break;
            default:
                OnHeightMessage(message);
                break;
        }

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

    private void OnHeightMessage(SignedMessage message)
    {
        Height height = message.Message.Height;
        if (height < Height)
        {
            return;
        }

        // R9: its sender has decided everything up to a window below
        NoteAhead(message.Sender, new Height(height.Value - _window + 1), isSure: false);
        if (SlotAt(height) is not { } slot)
        {
            return;
        }

        switch (message.Message)
        {
            case ConsensusMessage.PrePrepare proposal:
                OnPrePrepare(slot, message, proposal);
                break;
            case ConsensusMessage.Prepare prepare:
                slot.Prepares.Add(message, prepare.View, prepare.BlockHash);
                break;
            case ConsensusMessage.Commit commit:
                if (slot.Commits.Add(message, commit.View, commit.BlockHash))
                {
                    TryDecide(slot, commit.View, commit.BlockHash);
                }

                break;
            case ConsensusMessage.Committed decided:
                slot.Committed ??= decided.Certificate;
                break;
        }

        EnsureResend();
    }

    private void OnApplied(ConsensusInput.Applied applied)
    {
        if (applied.Height == _tip.Height && _decided is null)
        {
            _isHalted = !_checkpoints.OnExecuted(applied, _effects);
            return;
        }

        if (_decided is not { } decided || applied.Height != decided.Block.Height)
        {
            return;
        }

        _isHalted = !_checkpoints.OnExecuted(applied, _effects);
        if (_isHalted)
        {
            return;
        }

        // R9
        _tip = ChainTip.Of(decided.Block);
        _decided = null;
        _isEnded = applied.Height == applied.LastHeight;
        if (_isEnded)
        {
            // SWITCH-5
            return;
        }

        _slots.RemoveAt(0);

        // R10
        _border = applied.Border;
        if (applied.Next.Hash != _set.Hash)
        {
            ChangeSet(applied.Next);
        }

        FillWindow();

        // R24: a timer that was set at the height below is stale now
        _isResending = false;
        OpenHeight();
        Advance();
        if (_decided is null)
        {
            EnsureResend();
            SayBlank();
        }
    }

    private void ChangeSet(ValidatorSet next)
    {
        _set = next;
        _self = _selfKey is { } key ? next.IndexOf(key) : null;
        _slots.Clear();
        _recent.Clear();
        _view = new ViewState();
        _standingUntil = default;
        _leaders = new LeaderSchedule(next.Count, next.MaxFaulty);
        _viewChanges = new ViewChangeLog(next.Count);
        _patience = new AdaptiveTimeout(
            _options.ViewTimeout, _options.MinViewTimeout, _options.MaxViewTimeout, next.Count);
        _since = _tip.Height.Next;
        _checkpoints.ChangeSet(new VotingPower(next, QuorumRule.Heads), _self, _since);
        _peers = new PeerDesk(next.Count, _self, _options.ResendDelay);
        _silence.ChangeSet(new VotingPower(next, QuorumRule.Heads), _self, _since);
        HeedSilence();
        KeepStanding(_since);
    }

    /// <summary>A window in which to vote, and another one for what peers say that are a window ahead.</summary>
    private void FillWindow()
    {
        // R23
        while (_slots.Count < 2 * _window)
        {
            Height next = _slots.Count > 0 ? _slots[^1].Height.Next : _tip.Height.Next;
            _slots.Add(new HeightState(next, _set.Count));
        }
    }

    private void OpenHeight()
    {
        if (_self is null)
        {
            return;
        }

        AskForWork();
        SetTimeout(TimeoutKind.Idle, View.Zero, _options.IdleDelay);
    }

    /// <summary>Does whatever has become possible.</summary>
    private void Advance()
    {
        TryFinalize();
        AcceptProposals();
        TryPrepare();
        TryCommit();
        TryPropose();
        NoteWork();
    }

    /// <summary>The undecided heights in which this node may vote.</summary>
    private OpenHeights OpenSlots()
    {
        int first = _decided is null ? 0 : 1;
        return new OpenHeights(_slots, first, first + _window, _border);
    }

    private HeightState First => _decided is null ? _slots[0] : _slots[1];

    private HeightState? SlotAt(Height height)
    {
        long at = height.Value - _slots[0].Height.Value;
        return at >= 0 && at < _slots.Count ? _slots[(int)at] : null;
    }

    /// <summary>All heights of the set in force are decided, and the last one is not executed yet.</summary>
    private bool IsAtBorder => _border is { } border && Height >= border;

    private bool CanVote => _self is not null && !_silence.IsSilent && !IsAtBorder;

    private bool IsLeader => _self is { } self && self == Leader;

    private void Emit(ConsensusEffect effect) => _effects.Add(effect);

    private void Persist(SafetyEntry entry, Height height) =>
        Emit(new ConsensusEffect.Persist(entry.ToRecord(height, _writer)));

    private void Broadcast(ConsensusMessage message)
    {
        if (MaySay(message))
        {
            Emit(new ConsensusEffect.Broadcast(message));
        }
    }

    private void Send(ValidatorIndex peer, ConsensusMessage message)
    {
        if (MaySay(message))
        {
            Emit(new ConsensusEffect.Send(peer, message));
        }
    }

    /// <summary>The next set would not know this set's numbers.</summary>
    private bool MaySay(ConsensusMessage message)
    {
        // R10
        return _border is not { } border || message.Height < border;
    }

    private void SetTimeout(TimeoutKind kind, View view, Duration delay) =>
        Emit(new ConsensusEffect.SetTimeout(new TimeoutId(kind, _slots[0].Height, view), delay));
}
