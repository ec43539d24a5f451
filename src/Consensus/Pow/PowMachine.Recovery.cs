using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>Restart, loss and lag: what was heard is remembered, what is missing is asked for.</summary>
public sealed partial class PowMachine
{
    private const int ProbePatience = 3;

    private TimeoutId? _resendTimer;
    private TimeoutId? _idleTimer;
    private Verified<Decision>? _caught;
    private ValidatorIndex? _source;
    private ForkProbe? _probe;

    private void OnStarted(ConsensusInput.Started started)
    {
        if (_isStarted)
        {
            return;
        }

        _isStarted = true;
        _doubt = started.Doubt;
        RememberFinals(started.Below);
        AskForWork();
        _idleTimer = SetTimeout(TimeoutKind.Idle, _options.IdleDelay);
        foreach (SafetyRecord record in started.Recovered)
        {
            if (record.Height > _tree.Root.Height && PowRecord.Of(record) is { } recovered)
            {
                Restore(recovered);
            }
        }

        if (_self is not null)
        {
            SayWhereItStands();
        }
    }

    private void RememberFinals(IReadOnlyList<FinalBlock> below)
    {
        foreach (FinalBlock block in below)
        {
            if (block.Height < _tree.Root.Height)
            {
                _finals.Add(block);
            }
        }

        _finals.Add(_tree.Root);
    }

    private void Restore(PowRecord recovered)
    {
        // W12
        switch (recovered)
        {
            case PowRecord.Own { Message: { } mined } when _self is not null:
                _written.TryAdd(mined.Block.Hash, mined.Height);
                NoteOwn(mined.Block);
                Emit(new ConsensusEffect.Broadcast(mined));
                break;
            case PowRecord.Other { Message: { Message: ConsensusMessage.Mined mined } signed }
                when _set.Contains(signed.Sender) && _set[signed.Sender].Key == mined.Block.Header.Proposer:
                _written.TryAdd(mined.Block.Hash, mined.Height);
                OnMined(signed, mined);
                break;
        }
    }

    private void SayWhereItStands()
    {
        Emit(new ConsensusEffect.Broadcast(OwnStatus()));
        Emit(new ConsensusEffect.Broadcast(OwnTip()));
    }

    private ConsensusMessage.Status OwnStatus() => new(Height, View.Zero, _checkpoints.Certified);

    private ConsensusMessage.Tip OwnTip() => new(_tree.Head.Height.Next, _tree.Head.Hash);

    private void EnsureResend() => _resendTimer ??= SetTimeout(TimeoutKind.Resend, _options.ResendDelay);

    private void OnResend()
    {
        // W13
        _resendTimer = null;
        _peers.AskNext(Height, _now, _effects);
        AskMissing();
        if (_probe is { } probe)
        {
            _probe = ++probe.Unanswered > ProbePatience ? null : probe;
            AskToCompare(probe);
        }

        if (!IsUnderWay())
        {
            return;
        }

        if (_self is not null)
        {
            SayWhereItStands();
        }

        EnsureResend();
    }

    private bool IsUnderWay()
    {
        foreach (TreeBlock block in _tree.Blocks)
        {
            if (!block.IsHeld)
            {
                return true;
            }
        }

        return _template is not null || _caught is not null || _probe is not null || _orphans.Any
            || _peers.AnyAhead(Height);
    }

    /// <summary>Asks for batches and parents again, each time from the next validator.</summary>
    private void AskMissing()
    {
        foreach (TreeBlock block in _tree.Blocks)
        {
            if (!block.IsHeld)
            {
                block.AskedFrom = _peers.NextToAsk(block.AskedFrom, block.AskedFrom);
                Emit(new ConsensusEffect.RequestPayload(block.Block, block.AskedFrom));
            }
        }

        if (_caught?.Value.Block is { } caught && _pending is null)
        {
            Emit(new ConsensusEffect.RequestPayload(caught, _source ?? new ValidatorIndex(0)));
        }

        foreach (SignedMessage orphan in _orphans.All())
        {
            Block block = ((ConsensusMessage.Mined)orphan.Message).Block;
            for (int i = 0; i < _set.Count; i++)
            {
                AskBranch(new ValidatorIndex(i), block.Height, block.Hash);
            }

            break;
        }
    }

    private void OnIdle()
    {
        // W18
        if (_pending is null)
        {
            _checkpoints.Vote(_tree.Root.Height, _effects);
        }

        if (_self is not null && _resendTimer is null)
        {
            SayWhereItStands();
        }

        _idleTimer = SetTimeout(TimeoutKind.Idle, _options.IdleDelay);
    }

    private void OnStatus(ValidatorIndex peer, ConsensusMessage.Status status)
    {
        if (_peers.NoteAhead(peer, status.Height, Height, isSure: false, _now, _effects))
        {
            EnsureResend();
        }

        if (_self is null || !_peers.MayAnswer(peer, _now))
        {
            return;
        }

        if (status.Height < Height)
        {
            Emit(new ConsensusEffect.Send(peer, OwnStatus()));
        }

        _checkpoints.Answer(peer, status, _effects);
    }

    private void OnTip(ValidatorIndex peer, ConsensusMessage.Tip tip)
    {
        // W9
        Height top = new(tip.Height.Value - 1);
        bool isKnown = _tree.PointAt(tip.Parent) is not null || _finals.Find(top)?.Hash == tip.Parent;
        if (!isKnown && top > _tree.Root.Height)
        {
            AskBranch(peer, top, tip.Parent);
            return;
        }

        // A lighter chain, or one that left this one long ago: its owner should see what is here.
        bool isBest = tip.Parent == _tree.Head.Hash || _tree.Find(tip.Parent)?.Work >= _tree.HeadWork;
        if (_self is not null && !isBest && _branchAnswers.Allow(peer, _now))
        {
            Emit(new ConsensusEffect.Send(peer, OwnTip()));
        }
    }

    private void AskBranch(ValidatorIndex peer, Height height, Hash32 hash)
    {
        if (_self is not null && peer != _self && _branchRequests.Allow(peer, _now))
        {
            Emit(new ConsensusEffect.Send(
                peer, new ConsensusMessage.WantBranch(height, hash, _tree.Root.Height)));
        }
    }

    private void OnWantBranch(ValidatorIndex peer, ConsensusMessage.WantBranch want)
    {
        // W9
        if (_self is null || _tree.Find(want.BlockHash) is not { } top || !_branchAnswers.Allow(peer, _now))
        {
            return;
        }

        foreach (TreeBlock block in _tree.PathTo(top))
        {
            if (block.Height > want.Above)
            {
                Emit(new ConsensusEffect.Relay(peer, block.Signed));
            }
        }

        if (want.Above < _tree.Root.Height)
        {
            Emit(new ConsensusEffect.Send(peer, OwnStatus()));
        }
    }

    private void WriteRecovery(BorshWriter writer)
    {
        WriteTimer(writer, _resendTimer);
        WriteTimer(writer, _idleTimer);
        _checkpoints.WriteTo(writer);
        _peers.WriteTo(writer);
        _branchRequests.WriteTo(writer);
        _branchAnswers.WriteTo(writer);
        writer.Option(_caught is not null);
        _caught?.Value.Encode(writer);
        writer.I64(_source?.Value ?? -1);
        writer.I64(_finals.Lowest.Value);
        writer.I64(_probe?.From.Value ?? -1);
        writer.Hash32(_probe?.FirstOther ?? Hash32.Zero);
    }
}
