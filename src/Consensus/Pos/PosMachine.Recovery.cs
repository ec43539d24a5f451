using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>Restart, loss and lag: say it again, help who asks, catch up, and sign the state.</summary>
public sealed partial class PosMachine
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
        if (_ahead.Take(Height) is { } peer)
        {
            CatchUpFrom(peer);
        }

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
                CatchUpFrom(SomeOther(certificate.Votes));
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
        _at.Timers.Count > 0 || _at.Committed is not null || _at.Polka is not null || _ahead.Any(Height) || HasWork();

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

    private ConsensusMessage.Status OwnStatus() => new(Height, Round, _checkpoints.Certified);

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

        if (_self is null || !_answers.Allow(peer, _now))
        {
            return;
        }

        // POS-17
        if (status.Height < Height)
        {
            Emit(new ConsensusEffect.Send(peer, OwnStatus()));
        }
        else if (status.Height == Height && _decided is null)
        {
            Help(peer, status.View);
        }

        if (_checkpoints.OwnVote is { } vote && vote.Height > status.Certified && vote.Height < status.Height)
        {
            Emit(new ConsensusEffect.Send(peer, vote));
        }
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

    /// <summary>A message of a later height: its sender knows the decision that this node lacks.</summary>
    /// <param name="isSure">
    /// Not just a message of the next height, which may have overtaken the last votes of this one.
    /// </param>
    private void NoteAhead(ValidatorIndex peer, Height height, bool isSure)
    {
        // POS-18
        if (height <= Height || peer == _self)
        {
            return;
        }

        if (isSure || height > Height.Next)
        {
            CatchUpFrom(peer);
        }
        else
        {
            _ahead.Note(peer, height);
            EnsureResend();
        }
    }

    private void CatchUpFrom(ValidatorIndex peer)
    {
        if (_catchUps.Allow(peer, _now))
        {
            Emit(new ConsensusEffect.CatchUp(peer, Height));
        }
    }

    private void OnIdle()
    {
        if (_decided is null)
        {
            // POS-20
            VoteCheckpoint(_tip.Height);
            if (!_at.IsResending)
            {
                Broadcast(OwnStatus());
            }
        }

        SetTimeout(TimeoutKind.Idle, View.Zero, _options.IdleDelay);
    }

    private void OnExecuted(ConsensusMessage.CheckpointVote state)
    {
        _checkpoints.AddOwn(state);
        if (state.Height.Value % _options.CheckpointInterval == 0)
        {
            VoteCheckpoint(state.Height);
        }

        CheckQuorum(state.Height);
    }

    private void VoteCheckpoint(Height height)
    {
        bool hasVoted = _checkpoints.OwnVote is { } last && last.Height >= height;
        if (_self is not null && !hasVoted && height > Height.Genesis && _checkpoints.OwnAt(height) is { } vote)
        {
            _checkpoints.OwnVote = vote;
            Broadcast(vote);
        }
    }

    private void OnCheckpointVote(SignedMessage message)
    {
        NoteAhead(message.Sender, message.Message.Height.Next, isSure: false);
        if (_checkpoints.Add(message))
        {
            CheckQuorum(message.Message.Height);
        }
    }

    private void CheckQuorum(Height height)
    {
        if (_checkpoints.OwnAt(height) is not { } own
            || _checkpoints.Quorum(height, new VotingPower(_set, QuorumRule.Power)) is not { } certificate)
        {
            return;
        }

        bool agrees = certificate.StateRoot == own.StateRoot && certificate.ReceiptsRoot == own.ReceiptsRoot
            && certificate.NextValidators == own.NextValidators;
        if (agrees)
        {
            _checkpoints.MarkCertified(height);
            Emit(new ConsensusEffect.Checkpointed(certificate));
        }
        else
        {
            // POS-21
            _isHalted = true;
            Emit(new ConsensusEffect.Diverged(height, own.StateRoot, certificate.StateRoot));
        }
    }
}
