using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>The normal case (§4.2): proposal, prepares, commits, decision.</summary>
public sealed partial class PbftMachine
{
    private void OnWorkOffered(ConsensusInput.WorkOffered offered)
    {
        if (offered.Height != _at.Height || _decided is not null || _self is null)
        {
            return;
        }

        _at.AwaitsOffer = false;
        _at.Offer = offered.Batches;
        NoteWork();
        TryOpenView();
    }

    private void AskForWork()
    {
        if (!_at.AwaitsOffer)
        {
            _at.AwaitsOffer = true;
            Emit(new ConsensusEffect.RequestProposal(_at.Height));
        }
    }

    /// <summary>The leader of the view proposes, as soon as it may and has something to propose.</summary>
    private void TryOpenView()
    {
        if (!IsLeader || _decided is not null || _at.Accepted is not null || _at.HasPrepared)
        {
            return;
        }

        if (_at.View == View.Zero)
        {
            TryProposeFresh(null);
        }
        else if (_at.ViewChanges.Proof(_at.View, _set.Quorum) is { } proof)
        {
            // R14
            if (proof.Block is { } block)
            {
                Propose(block, proof.Justification);
            }
            else
            {
                TryProposeFresh(proof.Justification);
            }
        }
    }

    private void TryProposeFresh(NewView? justification)
    {
        if (_at.Offer is not { } offer)
        {
            AskForWork();
            return;
        }

        // R2
        Instant earliest = _tip.Time.Plus(new Duration(1));
        Instant time = _now > earliest ? _now : earliest;
        BlockHeader header = new(
            _options.Chain, _at.Height, _tip.Hash, time, _set[LeaderOf(_at.View)].Key, Hash32.Zero, 0, _set.Hash);
        Block block = Block.Create(header, offer);
        _at.Shelve(block);
        _at.Blocks.MarkHeld(block.Hash);
        Propose(block, justification);
    }

    private void Propose(Block block, NewView? justification)
    {
        ConsensusMessage.PrePrepare proposal = new(_at.Height, _at.View, block, justification);

        // R3
        Persist(new SafetyEntry.Proposed(_at.View, block, justification));
        _at.Accepted = new AcceptedProposal(proposal, null);
        _at.Shelve(block);

        // Both records are written before either message is sent, so that one fsync serves both.
        ConsensusMessage.Prepare? prepare = PromisePrepare();
        Broadcast(proposal);
        if (prepare is not null)
        {
            Broadcast(prepare);
        }
        else if (justification?.Highest is { } prepared)
        {
            AskPayload(block, _peers.SignerOf(prepared.Votes));
        }

        NoteWork();
        TryCommit();
    }

    private void OnPrePrepare(SignedMessage message, ConsensusMessage.PrePrepare proposal)
    {
        bool isCurrent = proposal.View == _at.View;
        if (proposal.View < _at.View || (isCurrent && _at.Accepted is not null))
        {
            return;
        }

        Hash32? prepared = isCurrent && _at.HasPrepared ? _at.OwnPrepare?.BlockHash : null;
        ProposalRules rules = new(
            _options.Chain, _set, _tip, LeaderOf(proposal.View), prepared, _now, _options.MaxClockDrift);
        if (rules.Check(proposal, message.Sender) != ProposalRefusal.None)
        {
            return;
        }

        if (!isCurrent)
        {
            // R15
            EnterView(proposal.View);
        }

        _at.Accepted = new AcceptedProposal(proposal, message.Sender == _self ? null : message);
        _at.Shelve(proposal.Block);
        if (!_at.Blocks.IsHeld(proposal.Block.Hash))
        {
            // R5
            AskPayload(proposal.Block, message.Sender);
        }

        TryFinalize();
        TryPrepare();
        TryCommit();
    }

    private void OnPayloadReady(Hash32 block)
    {
        _at.Blocks.MarkHeld(block);
        TryFinalize();
        TryPrepare();
        TryCommit();
    }

    private void TryPrepare()
    {
        if (PromisePrepare() is { } prepare)
        {
            Broadcast(prepare);
        }
    }

    /// <summary>Records the vote on the accepted block, and returns it to be sent; null when it is not due.</summary>
    private ConsensusMessage.Prepare? PromisePrepare()
    {
        if (_self is null || _decided is not null || _at.HasPrepared || AcceptedAndHeld() is not { } block)
        {
            return null;
        }

        // R3, R6
        ConsensusMessage.Prepare prepare = new(_at.Height, _at.View, block.Hash);
        _at.OwnPrepare = prepare;
        Persist(new SafetyEntry.Prepared(_at.View, block.Hash));
        return prepare;
    }

    private void TryCommit()
    {
        if (!_at.HasPrepared || _at.HasCommitted || _decided is not null || AcceptedAndHeld() is not { } block)
        {
            return;
        }

        // R7
        if (_at.Prepares.Quorum(_at.View, block.Hash, _set.Quorum) is { } votes)
        {
            _at.Lock = new SafetyEntry.Locked(
                new PreparedCertificate(_at.Height, _at.View, block.Hash, votes), block);
            _at.OwnCommit = new ConsensusMessage.Commit(_at.Height, _at.View, block.Hash);

            // R3
            Persist(_at.Lock);
            Broadcast(_at.OwnCommit);
        }
    }

    private void TryDecide(View view, Hash32 block)
    {
        // R8
        if (_at.Committed is null && _at.Commits.Quorum(view, block, _set.Quorum) is { } votes)
        {
            _at.Committed = new CommitCertificate(_at.Height, view, block, votes);
            TryFinalize();
        }
    }

    private void TryFinalize()
    {
        if (_at.Committed is not { } certificate || _decided is not null)
        {
            return;
        }

        if (_at.Blocks.Find(certificate.BlockHash) is not { } block)
        {
            // R19
            EnsureResend();
            return;
        }

        if (!_at.Blocks.IsHeld(block.Hash))
        {
            if (_at.Blocks.AskedFrom(block.Hash) is null)
            {
                AskPayload(block, _peers.SignerOf(certificate.Votes));
            }

            EnsureResend();
            return;
        }

        _decided = new Decision(block, certificate);
        Emit(new ConsensusEffect.Finalize(_decided));
        StopViewTimer();
        if (_at.IsResending)
        {
            _at.IsResending = false;
            Emit(new ConsensusEffect.CancelTimeout(TimeoutKind.Resend));
        }
    }

    private void OnCaught(Verified<Decision> decision)
    {
        // R20
        Block block = decision.Value.Block;
        if (block.Height == _at.Height.Next)
        {
            _caughtNext = decision;
            return;
        }

        bool fits = block.Height == _at.Height && block.Header.Parent == _tip.Hash
            && block.Header.Validators == _set.Hash;
        if (fits && _decided is null && decision.Value.Certificate is CommitCertificate certificate)
        {
            _at.Committed = certificate;
            _at.Shelve(block);
            TryFinalize();
        }
    }

    private void AskPayload(Block block, ValidatorIndex from)
    {
        _at.Blocks.MarkAsked(block.Hash, from);
        Emit(new ConsensusEffect.RequestPayload(block, from));
    }

    private Block? AcceptedAndHeld() =>
        _at.Accepted is { } accepted && _at.Blocks.IsHeld(accepted.Message.Block.Hash) ? accepted.Message.Block : null;
}
