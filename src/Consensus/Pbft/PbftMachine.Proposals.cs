using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Work and proposals (§4.2): the leader makes blocks on top of each other, the others accept them.</summary>
public sealed partial class PbftMachine
{
    private void OnWorkOffered(ConsensusInput.WorkOffered offered)
    {
        if (offered.Height != _requested || _self is null)
        {
            return;
        }

        _requested = null;
        _offer = offered;
        EnsureResend();
        Advance();
    }

    /// <summary>
    /// The leader asks for the next block that it may propose, the others just whether anything waits.
    /// </summary>
    private void AskForWork()
    {
        // R2
        HeightState? next = MayPropose() ? NextFree() : null;
        Height wanted = next?.Height ?? Height;
        if (_requested == wanted || _offer?.Height == wanted)
        {
            return;
        }

        _offer = null;
        _requested = wanted;
        List<Block> below = InFlightBelow(wanted);
        Emit(new ConsensusEffect.RequestProposal(wanted)
        {
            Taken = [.. below.SelectMany(block => block.Batches)],
            IsAboveOthers = below.Count > 0,
        });
    }

    private bool MayPropose() => IsLeader && CanVote && _view.IsOpen && !_view.IsBlind(Height);

    /// <summary>The first height without a proposal; null when the window is full, or the new view fills it.</summary>
    private HeightState? NextFree()
    {
        foreach (HeightState slot in OpenSlots())
        {
            if (slot.Accepted is null)
            {
                bool isFree = slot.Height > _view.BoundUntil && slot.OwnPrepare?.View != _view.View;
                return isFree && ParentOf(slot) is not null ? slot : null;
            }
        }

        return null;
    }

    private List<Block> InFlightBelow(Height height)
    {
        List<Block> blocks = [];
        if (_decided is { } decided)
        {
            blocks.Add(decided.Block);
        }

        foreach (HeightState slot in OpenSlots())
        {
            if (slot.Height < height && slot.Accepted is { } accepted)
            {
                blocks.Add(accepted.Block);
            }
        }

        return blocks;
    }

    private void TryPropose()
    {
        while (MayPropose() && NextFree() is { } slot && ParentOf(slot) is { } parent)
        {
            if (_offer is not { } offer || offer.Height != slot.Height)
            {
                AskForWork();
                return;
            }

            _offer = null;
            List<Hash32> batches = NotInFlight(offer.Batches, slot.Height);
            if (batches.Count == 0 && offer.Batches.Count > 0)
            {
                AskForWork();
                return;
            }

            Propose(slot, parent, batches);
        }
    }

    private List<Hash32> NotInFlight(IReadOnlyList<Hash32> batches, Height height)
    {
        HashSet<Hash32> taken = [];
        foreach (Block block in InFlightBelow(height))
        {
            taken.UnionWith(block.Batches);
        }

        List<Hash32> left = new(batches.Count);
        foreach (Hash32 batch in batches)
        {
            if (!taken.Contains(batch))
            {
                left.Add(batch);
            }
        }

        return left;
    }

    private void Propose(HeightState slot, ChainTip parent, List<Hash32> batches)
    {
        // R2
        Instant earliest = parent.Time.Plus(new Duration(1));
        Instant time = _now > earliest ? _now : earliest;
        BlockHeader header = new(
            _options.Chain, slot.Height, parent.Hash, time, _set[Leader].Key, Hash32.Zero, 0, _set.Hash);
        Block block = Block.Create(header, batches);
        slot.Shelve(block);
        slot.Blocks.MarkHeld(block.Hash);

        // R3: both records are written before either message is sent, so that one fsync serves both.
        Persist(new SafetyEntry.Proposed(_view.View, block), slot.Height);
        slot.Accepted = new AcceptedProposal(block, null, IsOwn: true);
        ConsensusMessage.Prepare? prepare = PromisePrepare(slot);
        Broadcast(new ConsensusMessage.PrePrepare(slot.Height, _view.View, block));
        if (prepare is not null)
        {
            Broadcast(prepare);
        }
    }

    private void OnPrePrepare(HeightState slot, SignedMessage message, ConsensusMessage.PrePrepare proposal)
    {
        if (proposal.View >= _view.View && message.Sender == _leaders.Leader(proposal.View))
        {
            slot.Waiting.Keep(message, _view.View);
        }
    }

    /// <summary>Accepts what the view's leader proposed, from the first undecided height on without a gap.</summary>
    private void AcceptProposals()
    {
        if (!_view.IsOpen)
        {
            return;
        }

        foreach (HeightState slot in OpenSlots())
        {
            if (slot.Accepted is null && !TryAccept(slot))
            {
                return;
            }
        }
    }

    private bool TryAccept(HeightState slot)
    {
        if (_view.BoundAt(slot.Height) is { } bound)
        {
            // R16
            Accept(slot, new AcceptedProposal(bound, null, IsOwn: false));
            return true;
        }

        ValidatorIndex leader = Leader;
        if (slot.Height <= _view.BoundUntil
            || slot.Waiting.Find(leader, _view.View) is not { Message: ConsensusMessage.PrePrepare proposal } message
            || ParentOf(slot) is not { } parent)
        {
            return false;
        }

        Hash32? prepared = slot.OwnPrepare is { } own && own.View == _view.View ? own.BlockHash : null;
        ProposalRules rules = new(_options.Chain, _set, parent, leader, prepared, _now, _options.MaxClockDrift);
        if (rules.Check(proposal, message.Sender) != ProposalRefusal.None)
        {
            return false;
        }

        Accept(slot, new AcceptedProposal(proposal.Block, message.Sender == _self ? null : message, IsOwn: false));
        return true;
    }

    private void Accept(HeightState slot, AcceptedProposal proposal)
    {
        slot.Accepted = proposal;
        slot.Shelve(proposal.Block);
        if (!slot.Blocks.IsHeld(proposal.Block.Hash))
        {
            // R5
            AskPayload(slot, proposal.Block, _peers.NextToAsk(null, Leader));
        }
    }

    /// <summary>The block below: decided, or accepted in this view.</summary>
    private ChainTip? ParentOf(HeightState slot)
    {
        if (slot == First)
        {
            return _decided is { } decided ? ChainTip.Of(decided.Block) : _tip;
        }

        Height below = new(slot.Height.Value - 1);
        return SlotAt(below)?.Accepted is { } accepted ? ChainTip.Of(accepted.Block) : null;
    }

    private void AskPayload(HeightState slot, Block block, ValidatorIndex from)
    {
        slot.Blocks.MarkAsked(block.Hash, from);
        Emit(new ConsensusEffect.RequestPayload(block, from));
    }
}
