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
        || OwnMessages().Count > 0 || _ahead.Any(Height);

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

        int from = _at.Blocks.AskedFrom(hash) is { } last ? last.Value + 1 : LeaderOf(_at.View).Value;
        from %= _set.Count;
        if (_self is { } self && from == self.Value && _at.Blocks.AskedFrom(hash) is not null)
        {
            from = (from + 1) % _set.Count;
        }

        AskPayload(block, new ValidatorIndex(from));
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
        if (_self is null || !_answers.Allow(peer, _now))
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

        if (_checkpoints.OwnVote is { } vote && vote.Height > status.Certified && vote.Height < status.Height)
        {
            Emit(new ConsensusEffect.Send(peer, vote));
        }
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

    /// <summary>A message of a later height: its sender knows the decision that this node lacks.</summary>
    /// <param name="isSure">
    /// Not just a message of the next height, which may have overtaken the last votes of this one.
    /// </param>
    private void NoteAhead(ValidatorIndex peer, Height height, bool isSure)
    {
        // R19
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
            // R21
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
            || _checkpoints.Quorum(height, new VotingPower(_set, QuorumRule.Heads)) is not { } certificate)
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
            // R22
            _isHalted = true;
            Emit(new ConsensusEffect.Diverged(height, own.StateRoot, certificate.StateRoot));
        }
    }
}
