using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>Restart, loss and lag: say it again, help who asks, catch up, and sign the state.</summary>
public sealed partial class PosMachine
{
    private void OnStarted(ConsensusInput.Started started)
    {
        if (_isStarted)
        {
            return;
        }

        _isStarted = true;

        // POS-25, SWITCH-8
        _silence.Doubt = started.Doubt;
        HeedSilence();
        bool hasPromises = false;
        foreach (SafetyRecord record in started.Recovered)
        {
            if (record.Height == _at.Height)
            {
                _at.Make(RoundPromise.Of(record));
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
        }

        Advance();
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

            // POS-16
            Repeat();
        }

        if (_self is not null)
        {
            Broadcast(OwnStatus());
        }

        SetTimeout(TimeoutKind.Resend, View.Zero, _options.ResendDelay);
    }

    private bool IsUnderWay() =>
        _at.Timers.Count > 0 || _at.Committed is not null || _at.Polka is not null || _peers.AnyAhead(Height)
        || HasWork() || IsSilent;

    /// <summary>Broadcasts again exactly what this node has said in its round.</summary>
    private void Repeat()
    {
        foreach (ConsensusMessage message in OwnMessages(_at.Round))
        {
            Broadcast(message);
        }
    }

    private List<ConsensusMessage> OwnMessages(View round)
    {
        List<ConsensusMessage> messages = new(3);
        if (round == _at.Round && _at.Accepted is { } accepted && accepted.Signed is null)
        {
            messages.Add(accepted.Message);
        }

        if (_at.Own.PrevoteIn(round) is { } prevote)
        {
            messages.Add(prevote);
        }

        if (_at.Own.PrecommitIn(round) is { } precommit)
        {
            messages.Add(precommit);
        }

        return messages;
    }

    private void EnsureResend()
    {
        if (!_at.IsResending)
        {
            _at.IsResending = true;
            SetTimeout(TimeoutKind.Resend, View.Zero, _options.ResendDelay);
        }
    }

    private ConsensusMessage.Status OwnStatus() =>
        new(Height, Round, _checkpoints.Certified) { IsBlank = _silence.IsBlank };

    private void OnStatus(ValidatorIndex peer, ConsensusMessage.Status status)
    {
        if (peer == _self)
        {
            return;
        }

        NoteAhead(peer, status.Height, isSure: true);
        if (status.Height == _at.Height && _at.Spoken.Note(peer, status.View))
        {
            Advance();
        }

        bool isNews = NoteReport(peer, status);
        if (_self is null || !_peers.MayAnswer(peer, _now))
        {
            return;
        }

        if (_silence.Answer(peer, status, OwnStatus(), isNews) is { } answer)
        {
            Emit(new ConsensusEffect.Send(peer, answer));
        }

        // POS-17
        if (status.Height == Height && _decided is null)
        {
            Help(peer, status.View);
        }

        _checkpoints.Answer(peer, status, _effects);
    }

    private void Help(ValidatorIndex peer, View round)
    {
        if (round == _at.Round && _at.Accepted?.Signed is { } proposal && proposal.Sender != peer)
        {
            Emit(new ConsensusEffect.Relay(peer, proposal));
        }

        foreach (ConsensusMessage message in OwnMessages(round))
        {
            Emit(new ConsensusEffect.Send(peer, message));
        }

        if (_at.Valid is { } valid)
        {
            // POS-13
            Emit(new ConsensusEffect.Send(peer, new ConsensusMessage.Polka(valid.Certificate, valid.Block)));
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
