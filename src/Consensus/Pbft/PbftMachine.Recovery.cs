using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Restart, loss and lag: say it again, help who asks, catch up, and sign the state.</summary>
public sealed partial class PbftMachine
{
    private void OnStarted(IReadOnlyList<SafetyRecord> recovered)
    {
        if (_isStarted)
        {
            return;
        }

        _isStarted = true;
        bool hasPromises = false;
        foreach (SafetyRecord record in recovered)
        {
            if (record.Height == _at.Height)
            {
                // R16
                _at.Restore(SafetyEntry.Of(record));
                hasPromises = true;
            }
        }

        OpenHeight();
        if (_self is null)
        {
            return;
        }

        if (hasPromises)
        {
            AskMissingPayload();
            Repeat();
            NoteWork();
        }

        Broadcast(OwnStatus());
    }

    private void OnResend()
    {
        _peers.AskNext(Height, _now, _effects);
        if (!IsUnderWay())
        {
            _at.IsResending = false;
            return;
        }

        if (_decided is null)
        {
            AskMissingPayload();
            if (_at.Committed is { } certificate && _at.Blocks.Find(certificate.BlockHash) is null)
            {
                _peers.CatchUpFrom(_peers.SignerOf(certificate.Votes), Height, _now, _effects);
            }

            // R17
            Repeat();
        }

        if (_self is not null)
        {
            Broadcast(OwnStatus());
        }

        SetTimeout(TimeoutKind.Resend, View.Zero, _options.ResendDelay);
    }

    private bool IsUnderWay() =>
        _at.TimerView is not null || _at.Offer is not null || _at.Accepted is not null || _at.Committed is not null
        || OwnMessages().Count > 0 || _peers.AnyAhead(Height);

    /// <summary>Broadcasts again exactly what this node has said in its view.</summary>
    private void Repeat()
    {
        foreach (ConsensusMessage message in OwnMessages())
        {
            Broadcast(message);
        }
    }

    private List<ConsensusMessage> OwnMessages()
    {
        List<ConsensusMessage> messages = new(3);
        if (_self is null)
        {
            return messages;
        }

        if (_at.Accepted is { } accepted && accepted.Signed is null)
        {
            messages.Add(accepted.Message);
        }

        if (_at.Accepted is null && _at.OwnViewChange is { } change && change.NewView == _at.View)
        {
            messages.Add(change);
        }

        if (_at.OwnPrepare is { } prepare && _at.HasPrepared)
        {
            messages.Add(prepare);
        }

        if (_at.OwnCommit is { } commit && _at.HasCommitted)
        {
            messages.Add(commit);
        }

        return messages;
    }

    /// <summary>Asks for batches again, each time from the next validator.</summary>
    private void AskMissingPayload()
    {
        Hash32? wanted = _at.Committed?.BlockHash ?? _at.Accepted?.Message.Block.Hash ?? _at.Lock?.Block.Hash;
        if (wanted is not { } hash || _at.Blocks.IsHeld(hash) || _at.Blocks.Find(hash) is not { } block)
        {
            return;
        }

        AskPayload(block, _peers.NextToAsk(_at.Blocks.AskedFrom(hash), LeaderOf(_at.View)));
    }

    private void EnsureResend()
    {
        if (!_at.IsResending)
        {
            _at.IsResending = true;
            SetTimeout(TimeoutKind.Resend, View.Zero, _options.ResendDelay);
        }
    }

    private ConsensusMessage.Status OwnStatus() => new(Height, View, _checkpoints.Certified);

    private void OnStatus(ValidatorIndex peer, ConsensusMessage.Status status)
    {
        if (peer == _self)
        {
            return;
        }

        NoteAhead(peer, status.Height, isSure: true);
        if (_self is null || !_peers.MayAnswer(peer, _now))
        {
            return;
        }

        // R18
        if (status.Height < Height)
        {
            Emit(new ConsensusEffect.Send(peer, OwnStatus()));
        }
        else if (status.Height == Height && _decided is null && status.View <= _at.View)
        {
            Help(peer);
        }

        _checkpoints.Answer(peer, status, _effects);
    }

    private void Help(ValidatorIndex peer)
    {
        if (_at.Accepted?.Signed is { } proposal && proposal.Sender != peer)
        {
            Emit(new ConsensusEffect.Relay(peer, proposal));
        }

        foreach (ConsensusMessage message in OwnMessages())
        {
            Emit(new ConsensusEffect.Send(peer, message));
        }
    }

    private void NoteAhead(ValidatorIndex peer, Height height, bool isSure)
    {
        if (_peers.NoteAhead(peer, height, Height, isSure, _now, _effects))
        {
            EnsureResend();
        }
    }

    private void OnIdle()
    {
        if (_decided is null)
        {
            _checkpoints.Vote(_tip.Height, _effects);
            if (!_at.IsResending)
            {
                Broadcast(OwnStatus());
            }
        }

        SetTimeout(TimeoutKind.Idle, View.Zero, _options.IdleDelay);
    }

    private void OnCheckpointVote(SignedMessage message)
    {
        NoteAhead(message.Sender, message.Message.Height.Next, isSure: false);
        _isHalted = !_checkpoints.OnVote(message, _effects);
    }
}
