using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>
/// Proof of work with final blocks: validators mine, the heaviest chain counts, and a block with k others above it is
/// handed on for good. Rules W1… are in docs/spec/pow.md. Fork choice never leaves this machine.
/// </summary>
public sealed partial class PowMachine : IConsensus
{
    private readonly PowOptions _options;
    private readonly PublicKey? _selfKey;
    private readonly BlockTree _tree;
    private readonly FinalChain _finals = new();
    private readonly SortedDictionary<Hash32, Height> _written = [];

    private ValidatorSet _set;
    private ValidatorIndex? _self;
    private OrphanPool _orphans;
    private CheckpointDesk _checkpoints;
    private PeerDesk _peers;
    private PeerLimiter _branchRequests;
    private PeerLimiter _branchAnswers;
    private List<ConsensusEffect> _effects = [];
    private Instant _now;
    private bool _isStarted;
    private bool _isHalted;

    /// <summary>Another protocol decides all heights to come.</summary>
    private bool _isEnded;

    public PowMachine(PowOptions options)
    {
        _options = options;
        _set = options.Validators;
        _self = options.Self;
        _selfKey = _self is { } self ? _set[self].Key : null;
        _lastHeight = options.LastHeight;
        _tree = new BlockTree(options.Tip);
        _finals.Add(options.Tip);
        _orphans = new OrphanPool(_set.Count);
        _checkpoints = new CheckpointDesk(Power(), _self, Height.Genesis, options.CheckpointInterval);
        _peers = new PeerDesk(_set.Count, _self, options.ResendDelay);
        _branchRequests = NewBranchLimiter();
        _branchAnswers = NewBranchLimiter();
    }

    /// <summary>The first height that is not final here.</summary>
    public Height Height => _tree.Root.Height.Next;

    /// <summary>The miner of the heaviest chain's top block takes the place of a leader.</summary>
    public ConsensusStatus Status =>
        new(Height, View.Zero, _tree.Best?.Signed.Sender ?? new ValidatorIndex(0)) { Doubt = _doubt };

    public void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects)
    {
        bool isPast = _isEnded && !input.IsCheckpointVote;
        if (_isHalted || isPast || (!_isStarted && input is not ConsensusInput.Started))
        {
            return;
        }

        _now = now;
        _effects = effects;
        int before = effects.Count;
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
            case ConsensusInput.WorkFound found:
                OnWorkFound(found);
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
        }

        NoteSource(before);
    }

    public Hash32 Digest()
    {
        BorshWriter writer = new(4096);
        writer.Hash32(_set.Hash);
        writer.I64(_self?.Value ?? -1);
        writer.Bool(_isStarted);
        writer.Bool(_isHalted);
        writer.Bool(_isEnded);
        WriteChain(writer);
        WriteMining(writer);
        WriteRecovery(writer);
        WriteDoubt(writer);
        return Hash32.Of(writer.WrittenSpan);
    }

    private void OnReceived(SignedMessage message)
    {
        if (!_set.Contains(message.Sender))
        {
            return;
        }

        switch (message.Message)
        {
            case ConsensusMessage.Mined mined:
                OnMined(message, mined);
                break;
            case ConsensusMessage.Tip tip when message.Sender != _self:
                OnTip(message.Sender, tip);
                break;
            case ConsensusMessage.WantBranch want when message.Sender != _self:
                OnWantBranch(message.Sender, want);
                break;
            case ConsensusMessage.Status status when message.Sender != _self:
                OnStatus(message.Sender, status);
                break;
            case ConsensusMessage.CheckpointVote:
                // W18
                _isHalted |= !_checkpoints.OnVote(message, _effects);
                break;
        }
    }

    private void OnTimeout(TimeoutId id)
    {
        // W20
        switch (id.Kind)
        {
            case TimeoutKind.Template when id == _templateTimer:
                OnTemplateIsOld();
                break;
            case TimeoutKind.Resend when id == _resendTimer:
                OnResend();
                break;
            case TimeoutKind.Idle when id == _idleTimer:
                OnIdle();
                break;
        }
    }

    private void OnApplied(ConsensusInput.Applied applied)
    {
        _lastHeight = applied.LastHeight ?? _lastHeight;
        bool isLast = applied.Height == _tree.Root.Height;
        if (!isLast || !_checkpoints.OnExecuted(applied, _effects))
        {
            _isHalted |= isLast;
            return;
        }

        _pending = null;
        _isEnded = applied.Height == applied.LastHeight;
        if (_isEnded)
        {
            // W17
            _template = null;
            Emit(new ConsensusEffect.CancelMining());
            return;
        }

        if (applied.Next.Hash != _set.Hash)
        {
            ChangeSet(applied.Next);
        }

        _idleTimer = SetTimeout(TimeoutKind.Idle, _options.IdleDelay);
        if (_caught is not null)
        {
            AcceptCaught();
        }

        TryFinalize();
        Renew();
    }

    /// <summary>Blocks of the former set that are not final are void: all nodes change at the same height.</summary>
    private void ChangeSet(ValidatorSet next)
    {
        // W11
        _set = next;
        _self = _selfKey is { } key ? next.IndexOf(key) : null;
        _orphans = new OrphanPool(next.Count);
        _checkpoints = new CheckpointDesk(Power(), _self, Height.Genesis, _options.CheckpointInterval);
        _peers = new PeerDesk(next.Count, _self, _options.ResendDelay);
        _branchRequests = NewBranchLimiter();
        _branchAnswers = NewBranchLimiter();
        _probe = null;
        _caught = null;
        _source = null;
        _tree.Clear();
        _goal = default;
        _offer = null;
        AskForWork();
    }

    private VotingPower Power() => new(_set, QuorumRule.Heads);

    private PeerLimiter NewBranchLimiter() => new(_set.Count, new Duration(_options.ResendDelay.Micros / 4));

    private void Emit(ConsensusEffect effect) => _effects.Add(effect);

    private TimeoutId SetTimeout(TimeoutKind kind, Duration delay)
    {
        TimeoutId id = new(kind, _tree.Head.Height.Next, View.Zero);
        Emit(new ConsensusEffect.SetTimeout(id, delay));
        return id;
    }
}
