using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Votes and decisions (§4.2): prepares, commits, final blocks in their order.</summary>
public sealed partial class PbftMachine
{
    private void OnPayloadReady(Hash32 block)
    {
        foreach (HeightState slot in _slots)
        {
            slot.Blocks.MarkHeld(block);
        }

        Advance();
    }

    private void TryPrepare()
    {
        foreach (HeightState slot in OpenSlots())
        {
            if (slot.Accepted is null)
            {
                return;
            }

            if (PromisePrepare(slot) is { } prepare)
            {
                Broadcast(prepare);
            }
        }
    }

    /// <summary>Records the vote on the accepted block, and returns it to be sent; null when it is not due.</summary>
    private ConsensusMessage.Prepare? PromisePrepare(HeightState slot)
    {
        bool hasPrepared = slot.OwnPrepare?.View == _view.View;
        if (!CanVote || !_view.IsOpen || hasPrepared || slot.AcceptedAndHeld() is not { } block)
        {
            return null;
        }

        // R3, R6
        slot.OwnPrepare = new ConsensusMessage.Prepare(slot.Height, _view.View, block.Hash);
        Persist(new SafetyEntry.Prepared(_view.View, block.Hash), slot.Height);
        return slot.OwnPrepare;
    }

    private void TryCommit()
    {
        if (!CanVote || !_view.IsOpen)
        {
            return;
        }

        // R7, R8: in the order of heights
        foreach (HeightState slot in OpenSlots())
        {
            if (slot.OwnCommit?.View != _view.View && !TryCommit(slot))
            {
                return;
            }
        }
    }

    private bool TryCommit(HeightState slot)
    {
        bool hasPrepared = slot.OwnPrepare?.View == _view.View;
        if (!hasPrepared || slot.AcceptedAndHeld() is not { } block
            || slot.Prepares.Quorum(_view.View, block.Hash, _set.Quorum) is not { } votes)
        {
            return false;
        }

        PreparedCertificate certificate = new(slot.Height, _view.View, block.Hash, votes);
        slot.Lock = new PreparedBlock(certificate, block);
        slot.OwnCommit = new ConsensusMessage.Commit(slot.Height, _view.View, block.Hash);

        // R3
        Persist(new SafetyEntry.Locked(slot.Lock), slot.Height);
        Broadcast(slot.OwnCommit);
        return true;
    }

    private void TryDecide(HeightState slot, View view, Hash32 block)
    {
        if (slot.Committed is null && slot.Commits.Quorum(view, block, _set.Quorum) is { } votes)
        {
            slot.Committed = new CommitCertificate(slot.Height, view, block, votes);
        }
    }

    private void TryFinalize()
    {
        HeightState slot = _slots[0];
        if (slot.Committed is not { } certificate || _decided is not null)
        {
            return;
        }

        if (slot.Blocks.Find(certificate.BlockHash) is not { } block)
        {
            // R19
            EnsureResend();
            return;
        }

        if (!slot.Blocks.IsHeld(block.Hash))
        {
            if (slot.Blocks.AskedFrom(block.Hash) is null)
            {
                AskPayload(slot, block, _peers.SignerOf(certificate.Votes));
            }

            EnsureResend();
            return;
        }

        // R8
        if (block.Header.Parent == _tip.Hash)
        {
            Decide(block, certificate);
        }
    }

    private void Decide(Block block, CommitCertificate certificate)
    {
        if (_timerView is not null)
        {
            _patience.Observe(_now.Since(_timerSince));
        }

        StopViewTimer();
        if (_isResending)
        {
            _isResending = false;
            Emit(new ConsensusEffect.CancelTimeout(TimeoutKind.Resend));
        }

        _view.Failures = 0;
        _leaders.NotePerformed(certificate.View);
        _decided = new Decision(block, certificate);
        _recent.Add(certificate);
        if (_recent.Count > _window)
        {
            _recent.RemoveAt(0);
        }

        FollowView(certificate);
        EndSilence(block.Height);
        KeepStanding(block.Height);
        Emit(new ConsensusEffect.Finalize(_decided));
        DropForks(block.Hash);
        if (_view.OwnViewChange is not null)
        {
            // R14
            SayViewChange();
        }
    }

    /// <summary>
    /// Forgets accepted blocks that do not follow from the decided one: their leader told two stories.
    /// </summary>
    private void DropForks(Hash32 decided)
    {
        if (_slots[1].Accepted is not { } accepted || accepted.Block.Header.Parent == decided)
        {
            return;
        }

        for (int i = 1; i < _slots.Count; i++)
        {
            _slots[i].Accepted = null;
        }
    }

    private void OnCaught(Verified<Decision> decision)
    {
        // R20
        Block block = decision.Value.Block;
        if (block.Height < Height || block.Header.Validators != _set.Hash || SlotAt(block.Height) is not { } slot
            || decision.Value.Certificate is not CommitCertificate certificate)
        {
            return;
        }

        slot.Committed = certificate;
        slot.Shelve(block);
        Advance();
    }

    /// <summary>Asks for batches again, each time from the next validator.</summary>
    private void AskMissingPayload()
    {
        foreach (HeightState slot in OpenSlots())
        {
            Hash32? wanted = slot.Committed?.BlockHash ?? slot.Accepted?.Block.Hash ?? slot.Lock?.Block.Hash;
            if (wanted is { } hash && !slot.Blocks.IsHeld(hash) && slot.Blocks.Find(hash) is { } block)
            {
                AskPayload(slot, block, _peers.NextToAsk(slot.Blocks.AskedFrom(hash), Leader));
            }
        }
    }
}
