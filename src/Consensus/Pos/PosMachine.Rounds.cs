using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>The rounds of Algorithm 1: each "upon" is one rule, tried again until none applies.</summary>
public sealed partial class PosMachine
{
    private void Advance()
    {
        while (_decided is null && (TrySkip() || TryPropose() || TryPrevote() || TryLearnValid() || TryPrecommit()
            || TryGoOn()))
        {
        }

        if (_decided is null)
        {
            WatchVotes();
            NoteWork();
        }
    }

    private void StartRound(View round)
    {
        if (round.Value > Limits.MaxView)
        {
            return;
        }

        // L11
        VoteNilIn(new View(round.Value - 1));
        StopTimers();
        _at.EnterRound(round);
        if (_at.Later.Take(_at.Proposer, round) is { Message: ConsensusMessage.Proposal proposal } kept)
        {
            OnProposal(kept, proposal);
        }
    }

    /// <summary>
    /// Nobody keeps votes back that the others might wait for. In the paper gossip carries everybody's votes on; here
    /// this node votes in the round that it leaves, or passes over.
    /// </summary>
    private void VoteNilIn(View round)
    {
        // POS-11
        if (!CanVote || _at.Own.PrecommitIn(round) is not null)
        {
            return;
        }

        bool hasPrevoted = _at.Own.PrevoteIn(round) is not null;
        if (!hasPrevoted)
        {
            Promise(new RoundPromise.Prevoted(round, null));
        }

        Promise(new RoundPromise.PrecommittedNil(round));
        if (!hasPrevoted)
        {
            Broadcast(new ConsensusMessage.Prevote(_at.Height, round, null));
        }

        Broadcast(new ConsensusMessage.Precommit(_at.Height, round, null));
    }

    private bool TrySkip()
    {
        // L55, L56, POS-12
        if (_at.Spoken.Reached() is not { } round || round <= _at.Round)
        {
            return false;
        }

        StartRound(round);
        return true;
    }

    private bool TryPropose()
    {
        // L14, POS-2
        bool mayPropose = CanVote && _self == _at.Proposer && _at.Step == RoundStep.Propose
            && _at.Accepted is null;
        if (!mayPropose)
        {
            return false;
        }

        // L15, L16
        if (_at.Valid is { } valid)
        {
            Propose(valid.Block, valid.Certificate);
            return true;
        }

        // L18
        if (_at.Offer is not { } offer)
        {
            AskForWork();
            return false;
        }

        Instant earliest = _tip.Time.Plus(new Duration(1));
        Instant time = _now > earliest ? _now : earliest;
        BlockHeader header = new(
            _options.Chain, _at.Height, _tip.Hash, time, _set[_at.Proposer].Key, Hash32.Zero, 0, _set.Hash);
        Block block = Block.Create(header, offer);
        _at.Shelve(block);
        _at.Blocks.MarkHeld(block.Hash);
        Propose(block, null);
        return true;
    }

    private void Propose(Block block, PreparedCertificate? valid)
    {
        // POS-3
        Promise(new RoundPromise.Proposed(_at.Round, block, valid));

        // Both records are written before either message is sent, so that one fsync serves both.
        ConsensusMessage.Prevote? prevote = PromisePrevote();

        // L19
        Broadcast(new ConsensusMessage.Proposal(_at.Height, _at.Round, block, valid));
        if (prevote is not null)
        {
            Broadcast(prevote);
        }
        else if (valid is not null)
        {
            AskPayload(block, _peers.SignerOf(valid.Votes));
        }
    }

    private void OnProposal(SignedMessage message, ConsensusMessage.Proposal proposal)
    {
        if (proposal.Round > _at.Round)
        {
            _at.Later.Keep(message);
            return;
        }

        if (proposal.Round < _at.Round || _at.Accepted is not null || message.Sender != _at.Proposer)
        {
            return;
        }

        Choice offered = new(proposal.Block.Hash, proposal.Valid?.View);
        if (_at.Own.PrevoteIn(_at.Round) is { } own && Choice.Of(own) is { } prevoted && prevoted != offered)
        {
            // POS-15: of two proposals the one that an earlier life has voted for
            return;
        }

        BlockRules rules = new(_options.Chain, _set, _tip);
        ProposalRefusal refusal = rules.Check(proposal.Block);
        if (refusal == ProposalRefusal.None && proposal.Valid is null && _at.Step == RoundStep.Propose)
        {
            refusal = rules.CheckFresh(proposal.Block, message.Sender, _now.Plus(_options.MaxClockDrift));
        }

        if (refusal is ProposalRefusal.TimeTooFarAhead)
        {
            // Sent again, it is looked at anew: this node's clock goes on.
            return;
        }

        if (refusal != ProposalRefusal.None)
        {
            PrevoteNil();
            return;
        }

        _at.Accepted = new AcceptedProposal(proposal, message);
        _at.Shelve(proposal.Block);
        if (!_at.Blocks.IsHeld(proposal.Block.Hash))
        {
            // POS-5
            AskPayload(proposal.Block, message.Sender);
        }

        TryFinalize();
    }

    private bool TryPrevote()
    {
        if (PromisePrevote() is not { } prevote)
        {
            return false;
        }

        Broadcast(prevote);
        return true;
    }

    /// <summary>Records the vote on the proposal, and returns it to be sent; null when it is not due.</summary>
    private ConsensusMessage.Prevote? PromisePrevote()
    {
        // L22, L28, POS-6
        if (!CanVote || _at.Step != RoundStep.Propose || _at.Accepted is not { } accepted)
        {
            return null;
        }

        Hash32 hash = accepted.Message.Block.Hash;
        bool isAllowed = LockedValue.Allows(_at.Locked, _at.LeftLock, accepted.Message);
        if (isAllowed && !_at.Blocks.IsHeld(hash))
        {
            return null;
        }

        // L24, L26, L27, L30, L32, L33, POS-26
        Hash32? vote = isAllowed ? hash : null;
        View? validRound = isAllowed ? accepted.Message.Valid?.View : null;
        Promise(new RoundPromise.Prevoted(_at.Round, vote, validRound));
        return new ConsensusMessage.Prevote(_at.Height, _at.Round, vote, validRound);
    }

    private void PrevoteNil()
    {
        if (CanVote && _at.Step == RoundStep.Propose)
        {
            Promise(new RoundPromise.Prevoted(_at.Round, null));
            Broadcast(new ConsensusMessage.Prevote(_at.Height, _at.Round, null));
        }
    }

    private bool TryLearnValid()
    {
        // L36, POS-7
        if (!CanVote || NewPolka() is not { } value)
        {
            return false;
        }

        // L42, L43
        _at.Valid = value;
        if (!_at.CanLock)
        {
            Promise(new RoundPromise.LearntValid(value));
        }

        if (!_at.Blocks.IsHeld(value.Hash) && _at.Blocks.AskedFrom(value.Hash) is null)
        {
            AskPayload(value.Block, _peers.SignerOf(value.Certificate.Votes));
        }

        return true;
    }

    /// <summary>A certificate of a higher round than the valid round, from the votes heard or from a peer.</summary>
    private LockedValue? NewPolka()
    {
        View? known = _at.Valid?.Round;
        if (_at.Step != RoundStep.Propose && (known is null || known < _at.Round))
        {
            foreach (Choice choice in _at.Prevotes.Candidates(_at.Round))
            {
                if (_at.Blocks.Find(choice.Block) is { } block
                    && _at.Prevotes.Quorum(_at.Round, choice) is { } votes)
                {
                    PreparedCertificate certificate = new(_at.Height, _at.Round, choice.Block, votes)
                    {
                        ValidRound = choice.ValidRound,
                    };
                    return new LockedValue(certificate, block);
                }
            }
        }

        // POS-13
        bool isDue = _at.Polka is { } polka && (known is null || known < polka.Round)
            && (polka.Round < _at.Round || (polka.Round == _at.Round && _at.Step != RoundStep.Propose));
        return isDue ? _at.Polka : null;
    }

    private bool TryPrecommit()
    {
        if (_at.CanLock && _at.Valid is { } value)
        {
            // L37, L38, L39, L40, L41
            Promise(new RoundPromise.Locked(value));
            Broadcast(new ConsensusMessage.Precommit(_at.Height, _at.Round, value.Hash));
            return true;
        }

        // L44, L45, L46, POS-8, POS-27
        return _at.Step == RoundStep.Prevote && (_at.IsPolkaOfAnother || _at.Prevotes.IsHopeless(_at.Round))
            && PrecommitNil();
    }

    /// <summary>Nothing can be decided in this round any more, so nothing is waited for.</summary>
    private bool TryGoOn()
    {
        // POS-24
        if (!CanVote || _at.Round.Value == Limits.MaxView || !_at.Precommits.IsHopeless(_at.Round))
        {
            return false;
        }

        StartRound(_at.Round.Next);
        return true;
    }

    private bool PrecommitNil()
    {
        Promise(new RoundPromise.PrecommittedNil(_at.Round));
        Broadcast(new ConsensusMessage.Precommit(_at.Height, _at.Round, null));
        return true;
    }

    private void OnPolka(ConsensusMessage.Polka polka)
    {
        // POS-13
        LockedValue value = new(polka.Certificate, polka.Block);
        bool isNew = _at.Polka is null || _at.Polka.Round < value.Round;
        if (!isNew || new BlockRules(_options.Chain, _set, _tip).Check(value.Block) != ProposalRefusal.None)
        {
            return;
        }

        _at.Polka = value;
        _at.Shelve(value.Block);
        foreach (VoteSignature vote in value.Certificate.Votes)
        {
            NoteVoted(vote.Signer, value.Round);
        }

        TryFinalize();
    }

    private void TryDecide(View round, Hash32 block)
    {
        // L49, POS-9
        if (_at.Committed is null && _at.Precommits.Quorum(round, new Choice(block)) is { } votes)
        {
            _at.Committed = new CommitCertificate(_at.Height, round, block, votes);
            TryFinalize();
        }
    }

    private void NoteVoted(ValidatorIndex sender, View round)
    {
        _at.Spoken.Note(sender, round);
        _at.Voted.Note(sender, round);
    }

    /// <summary>A promise is made and recorded in one go; what is said of it comes after.</summary>
    private void Promise(RoundPromise promise)
    {
        // POS-3
        _at.Make(promise);
        Emit(new ConsensusEffect.Persist(promise.ToRecord(_at.Height, _writer)));
    }
}
