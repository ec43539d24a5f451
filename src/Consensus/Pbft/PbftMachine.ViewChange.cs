using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Timers and the change of views (§4.4, §4.5.2), over all heights in flight.</summary>
public sealed partial class PbftMachine
{
    private void StartViewChange(View view)
    {
        if (!CanVote || view.Value > Limits.MaxView)
        {
            return;
        }

        // R11
        _leaders.NoteFailed(_view.View);
        _view.Failures++;
        LeaveView();
        _view.Leave(view);
        _standingUntil = default;
        KeepStanding(Height);
        SayViewChange();
    }

    /// <summary>Blocks are decided, but a batch is left out of them: to its client that is no progress.</summary>
    private void OnPassedOver(PublicKey proposer)
    {
        // R29
        if (_view.IsOpen && !IsLeader && _set[Leader].Key == proposer)
        {
            StartViewChange(_leaders.After(_view.View));
            Advance();
        }
    }

    private void LeaveView()
    {
        StopViewTimer();
        foreach (HeightState slot in _slots)
        {
            slot.Accepted = null;
        }
    }

    /// <summary>Says, or says anew after a decision, what is to survive.</summary>
    private void SayViewChange()
    {
        _view.OwnViewChange = MakeViewChange();
        Broadcast(_view.OwnViewChange);
    }

    private ConsensusMessage.ViewChange MakeViewChange()
    {
        // R14
        List<PreparedBlock?> prepared = [];
        foreach (HeightState slot in _slots)
        {
            if (slot.Height >= Height && slot.Height.Value < Height.Value + _window)
            {
                prepared.Add(slot.Lock);
            }
        }

        while (prepared.Count > 0 && prepared[^1] is null)
        {
            prepared.RemoveAt(prepared.Count - 1);
        }

        return new ConsensusMessage.ViewChange(Height, _view.View, prepared, [.. _recent]);
    }

    private void OnViewChange(SignedMessage message)
    {
        if (!_viewChanges.Add(message))
        {
            return;
        }

        if (_viewChanges.ViewToJoin(_view.View, _set.MaxFaulty) is { } view)
        {
            // R12
            StartViewChange(view);
        }

        if (CanVote && IsLeader && !_view.IsOpen
            && _viewChanges.Open(_view.View, _set.Quorum, _window) is { } newView)
        {
            // R15
            OpenView(newView);
            Broadcast(newView);
        }
    }

    private void OnNewView(SignedMessage message, ConsensusMessage.OpenView newView)
    {
        bool isNews = newView.View > _view.View
            || (newView.View == _view.View && (!_view.IsOpen || _view.IsBlind(Height)));
        if (message.Sender != _leaders.Leader(newView.View) || (isNews && !IsUpToDate(newView)))
        {
            return;
        }

        if (isNews)
        {
            NoteAhead(message.Sender, newView.Height, isSure: true);
            OpenView(newView);
        }

        if (newView.View == _view.View && _view.NewView is not null)
        {
            _view.Signed = message;
        }
    }

    /// <summary>Nobody in it, nor it itself, is so far behind that a decision could be missing.</summary>
    private bool IsUpToDate(ConsensusMessage.OpenView newView)
    {
        // R17
        foreach (ViewChangeVote vote in newView.Proof.Votes)
        {
            if (vote.Height.Value + _window < newView.Height.Value)
            {
                return false;
            }
        }

        return newView.Height.Value + _window >= Height.Value;
    }

    private void OpenView(ConsensusMessage.OpenView newView)
    {
        // R16
        LeaveView();
        int failures = _view.Failures;
        _view.Open(newView.View, new Height(newView.Height.Value - 1 + newView.Proof.Chosen.Count), newView);
        _view.Failures = failures;
        _standingUntil = default;
        KeepStanding(Height);
        foreach (CommitCertificate certificate in newView.Proof.Decided)
        {
            if (certificate.Height >= Height && SlotAt(certificate.Height) is { } slot)
            {
                slot.Committed ??= certificate;
            }
        }
    }

    /// <summary>
    /// A decision of a later view shows that it was opened; what its leader is bound to is not known here.
    /// </summary>
    private void FollowView(CommitCertificate certificate)
    {
        bool isBehind = certificate.View > _view.View || (certificate.View == _view.View && !_view.IsOpen);
        if (isBehind)
        {
            // R18
            LeaveView();
            _view.Open(certificate.View, new Height(certificate.Height.Value + _window), null);
            _standingUntil = default;
        }
    }

    /// <summary>Something is under way: do not let it stall, and do not let it be lost.</summary>
    private void NoteWork()
    {
        if (_decided is not null)
        {
            return;
        }

        if (IsUnderWay())
        {
            EnsureResend();
        }

        if (_offer is null && _self is not null && !MayPropose())
        {
            // R2: who led before used up what it was offered
            AskForWork();
        }

        if (CanVote && _timerView is null && HasWork() && IsViewOpen())
        {
            _timerView = _view.View;
            _timerSince = _now;
            SetTimeout(TimeoutKind.View, _view.View, _patience.After(_view.Failures));
        }
    }

    /// <summary>A liar alone cannot pretend that work waits, nor keep views changing when none does.</summary>
    private bool HasWork()
    {
        // R11
        if (_offer is not null || First.CountVotersFrom(_view.View) > _set.MaxFaulty)
        {
            return true;
        }

        foreach (HeightState slot in OpenSlots())
        {
            if (slot.Accepted is not null || slot.OwnPrepare?.View == _view.View || slot.Lock is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Enough others are in this view for its leader to be able to act.</summary>
    private bool IsViewOpen()
    {
        // R13
        return _view.IsOpen || _viewChanges.CountFrom(_view.View) >= _set.Quorum;
    }

    private void StopViewTimer()
    {
        if (_timerView is not null)
        {
            _timerView = null;
            Emit(new ConsensusEffect.CancelTimeout(TimeoutKind.View));
        }
    }
}
