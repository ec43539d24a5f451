using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Restart, loss and lag: say it again, help who asks, catch up, and sign the state.</summary>
public sealed partial class PbftMachine
{
    private void OnStarted(ConsensusInput.Started started)
    {
        if (_isStarted)
        {
            return;
        }

        _isStarted = true;

        // R26, SWITCH-8
        _silence.Doubt = started.Doubt;
        HeedSilence();
        bool hasPromises = Restore(started.Recovered);
        OpenHeight();
        if (_self is null)
        {
            return;
        }

        if (hasPromises)
        {
            AskMissingPayload();
            Repeat();
        }

        Advance();
        Broadcast(OwnStatus());
    }

    /// <summary>Takes up the promises of an earlier life, in the order of their writing.</summary>
    private bool Restore(IReadOnlyList<SafetyRecord> recovered)
    {
        // R21
        List<(Height Height, SafetyEntry Entry)> entries = [];
        foreach (SafetyRecord record in recovered)
        {
            if (record.Height >= _slots[0].Height)
            {
                entries.Add((record.Height, SafetyEntry.Of(record)));
            }
        }

        foreach ((Height height, SafetyEntry entry) in entries)
        {
            if (entry is SafetyEntry.Standing standing)
            {
                _standingUntil = height;
                if (standing.SetSince != _since)
                {
                    // R10
                    _view = new ViewState();
                    _standingUntil = default;
                }
                else if (standing.IsOpen)
                {
                    _view.Open(standing.View, standing.BoundUntil, null);
                }
                else
                {
                    _view.Leave(standing.View);
                }
            }
        }

        foreach ((Height height, SafetyEntry entry) in entries)
        {
            if (SlotAt(height) is { } slot)
            {
                Restore(slot, entry);
            }
        }

        if (!_view.IsOpen)
        {
            _view.OwnViewChange = MakeViewChange();
        }

        return entries.Count > 0;
    }

    private void Restore(HeightState slot, SafetyEntry entry)
    {
        switch (entry)
        {
            case SafetyEntry.Proposed proposed when proposed.View == _view.View && _view.IsOpen:
                slot.Accepted = new AcceptedProposal(proposed.Block, null, IsOwn: true);
                slot.Shelve(proposed.Block);
                break;
            case SafetyEntry.Prepared prepared:
                slot.OwnPrepare = new ConsensusMessage.Prepare(slot.Height, prepared.View, prepared.BlockHash);
                break;
            case SafetyEntry.Locked { Block: var locked }:
                slot.Lock = locked;
                slot.OwnCommit = new ConsensusMessage.Commit(
                    slot.Height, locked.Certificate.View, locked.Block.Hash);
                slot.Shelve(locked.Block);
                break;
        }
    }

    /// <summary>
    /// Sees to it that where this node stands is on disk when all records up to a height are deleted.
    /// </summary>
    private void KeepStanding(Height height)
    {
        // R3, R21
        if (_self is not null && _view.View > View.Zero && _standingUntil <= height)
        {
            _standingUntil = new Height(height.Value + Limits.StandingHeights);
            Persist(new SafetyEntry.Standing(_since, _view.View, _view.IsOpen, _view.BoundUntil), _standingUntil);
        }
    }

    private void HeedSilence() => _checkpoints.IsSilent = _silence.IsSilent;

    /// <summary>A decision so high that no earlier life can have voted above it.</summary>
    private void EndSilence(Height decided)
    {
        // R26
        _silence.EndAt(decided);
        HeedSilence();
    }

    private void OnTimeout(TimeoutId id)
    {
        // R24
        if (id.Height != _slots[0].Height)
        {
            return;
        }

        switch (id.Kind)
        {
            case TimeoutKind.View when _decided is null && id.View == _view.View && _timerView == id.View:
                StartViewChange(_leaders.After(_view.View));
                Advance();
                break;
            case TimeoutKind.Resend when _isResending:
                OnResend();
                break;
            case TimeoutKind.Idle:
                OnIdle();
                break;
        }
    }

    private void OnResend()
    {
        _peers.AskNext(Height, _now, _effects);
        if (!IsUnderWay())
        {
            _isResending = false;
            return;
        }

        if (_decided is null)
        {
            AskMissingPayload();
            if (_slots[0].Committed is { } certificate && _slots[0].Blocks.Find(certificate.BlockHash) is null)
            {
                _peers.CatchUpFrom(_peers.SignerOf(certificate.Votes), Height, _now, _effects);
            }

            // R27
            Repeat();
            Advance();
        }

        if (_self is not null)
        {
            Broadcast(OwnStatus());
        }

        SetTimeout(TimeoutKind.Resend, View.Zero, _options.ResendDelay);
    }

    private bool IsUnderWay()
    {
        if (_timerView is not null || _offer is not null || _peers.AnyAhead(Height) || _silence.IsSilent
            || OwnMessages(Height).Count > 0)
        {
            return true;
        }

        foreach (HeightState slot in OpenSlots())
        {
            if (slot.Accepted is not null || slot.Committed is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Broadcasts again exactly what this node has said in its view.</summary>
    private void Repeat()
    {
        foreach (ConsensusMessage message in OwnMessages(Height))
        {
            Broadcast(message);
        }
    }

    private List<ConsensusMessage> OwnMessages(Height from)
    {
        List<ConsensusMessage> messages = [];
        if (_self is null)
        {
            return messages;
        }

        if (_view.OwnViewChange is { } change)
        {
            messages.Add(change);
            return messages;
        }

        foreach (HeightState slot in OpenSlots())
        {
            if (slot.Height < from)
            {
                continue;
            }

            if (slot.Accepted is { IsOwn: true, Block: var block })
            {
                messages.Add(new ConsensusMessage.PrePrepare(slot.Height, _view.View, block));
            }

            if (slot.OwnPrepare is { } prepare && prepare.View == _view.View)
            {
                messages.Add(prepare);
            }

            if (slot.OwnCommit is { } commit && commit.View == _view.View)
            {
                messages.Add(commit);
            }
        }

        return messages;
    }

    private void EnsureResend()
    {
        if (!_isResending)
        {
            _isResending = true;
            SetTimeout(TimeoutKind.Resend, View.Zero, _options.ResendDelay);
        }
    }

    private ConsensusMessage.Status OwnStatus() => new(Height, View, _checkpoints.Certified)
    {
        IsBlank = _silence.IsBlank,
        LacksNewView = !_view.IsOpen || _view.IsBlind(Height),
    };

    /// <summary>Asks where the others work, also where heights pass faster than timers do.</summary>
    private void SayBlank()
    {
        // R26
        if (_silence.IsTimeToAsk(_now))
        {
            Broadcast(OwnStatus());
        }
    }

    private void OnStatus(ValidatorIndex peer, ConsensusMessage.Status status)
    {
        if (peer == _self)
        {
            return;
        }

        NoteAhead(peer, status.Height, isSure: true);
        bool isNews = NoteReport(peer, status);
        if (_self is null || !_peers.MayAnswer(peer, _now))
        {
            return;
        }

        // R28
        if (_silence.Answer(peer, status, OwnStatus(), isNews) is { } answer)
        {
            Send(peer, answer);
        }

        Help(peer, status);
        _checkpoints.Answer(peer, status, _effects);
    }

    /// <returns>Whether this node is blank and had not heard from the peer.</returns>
    private bool NoteReport(ValidatorIndex peer, ConsensusMessage.Status status)
    {
        // R26
        if (_silence.Take(_self, peer, status, out bool isNews))
        {
            HeedSilence();
            Advance();
        }

        return isNews;
    }

    /// <summary>Certificates for heights that the peer lacks, then what it may miss of the view.</summary>
    private void Help(ValidatorIndex peer, ConsensusMessage.Status status)
    {
        // R28
        foreach (CommitCertificate certificate in _recent)
        {
            if (certificate.Height >= status.Height)
            {
                Send(peer, new ConsensusMessage.Committed(certificate));
            }
        }

        bool isWithinWindow = status.Height.Value + _window >= Height.Value;
        if (!isWithinWindow || status.View > _view.View)
        {
            return;
        }

        bool lacksView = status.View < _view.View || status.LacksNewView;
        if (lacksView && _view.Signed is { } newView && newView.Sender != peer)
        {
            Emit(new ConsensusEffect.Relay(peer, newView));
        }

        foreach (HeightState slot in OpenSlots())
        {
            if (slot.Height >= status.Height && slot.Accepted?.Signed is { } proposal && proposal.Sender != peer)
            {
                Emit(new ConsensusEffect.Relay(peer, proposal));
            }
        }

        foreach (ConsensusMessage message in OwnMessages(status.Height))
        {
            Send(peer, message);
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
            if (!_isResending)
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
