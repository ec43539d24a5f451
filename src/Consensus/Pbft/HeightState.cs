using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Everything about the one height in progress. Forgotten when the next one begins.</summary>
internal sealed class HeightState(Height height, int validators)
{
    public Height Height { get; } = height;

    public View View { get; private set; } = View.Zero;

    /// <summary>The proposal of <see cref="View"/>, once there is a good one.</summary>
    public AcceptedProposal? Accepted { get; set; }

    /// <summary>This node's last prepare, commit and view change; those of lower views are past.</summary>
    public ConsensusMessage.Prepare? OwnPrepare { get; set; }

    public ConsensusMessage.Commit? OwnCommit { get; set; }

    public ConsensusMessage.ViewChange? OwnViewChange { get; set; }

    /// <summary>The certificate of the highest view in which this node prepared a block, with that block.</summary>
    public SafetyEntry.Locked? Lock { get; set; }

    /// <summary>A quorum's commits; the block or its batches may still be missing.</summary>
    public CommitCertificate? Committed { get; set; }

    /// <summary>What the mempool offered for this height.</summary>
    public IReadOnlyList<Hash32>? Offer { get; set; }

    /// <summary>The mempool has been asked and has not answered.</summary>
    public bool AwaitsOffer { get; set; }

    /// <summary>The view whose timer runs.</summary>
    public View? TimerView { get; set; }

    /// <summary>The resend timer runs: something is under way.</summary>
    public bool IsResending { get; set; }

    public VoteLog Prepares { get; } = new(validators);

    public VoteLog Commits { get; } = new(validators);

    public ViewChangeLog ViewChanges { get; } = new(validators);

    public BlockShelf Blocks { get; } = new();

    public bool HasPrepared => OwnPrepare?.View == View;

    public bool HasCommitted => OwnCommit?.View == View;

    /// <summary>How many validators prepared or committed in this view or a higher one.</summary>
    public int CountVotersFrom(View view)
    {
        int count = 0;
        for (int i = 0; i < validators; i++)
        {
            ValidatorIndex sender = new(i);
            count += Prepares.HasVotedFrom(sender, view) || Commits.HasVotedFrom(sender, view) ? 1 : 0;
        }

        return count;
    }

    public void EnterView(View view)
    {
        View = view;
        Accepted = null;
        TimerView = null;
    }

    public ConsensusMessage.ViewChange ViewChangeTo(View view) => new(Height, view, Lock?.Certificate, Lock?.Block);

    public void Shelve(Block block) => Blocks.Add(
        block,
        hash => hash == block.Hash || hash == Lock?.Block.Hash || hash == Accepted?.Message.Block.Hash
            || hash == Committed?.BlockHash);

    /// <summary>Takes up a promise of an earlier life, in the order of writing.</summary>
    public void Restore(SafetyEntry entry)
    {
        // R16
        switch (entry)
        {
            case SafetyEntry.Proposed proposed:
                Raise(proposed.View);
                ConsensusMessage.PrePrepare own = new(
                    Height, proposed.View, proposed.Block, proposed.Justification);
                Accepted = new AcceptedProposal(own, null);
                Shelve(proposed.Block);
                break;
            case SafetyEntry.Prepared prepared:
                Raise(prepared.View);
                OwnPrepare = new ConsensusMessage.Prepare(Height, prepared.View, prepared.BlockHash);
                break;
            case SafetyEntry.Locked locked:
                Raise(locked.Certificate.View);
                Lock = locked;
                OwnCommit = new ConsensusMessage.Commit(Height, locked.Certificate.View, locked.Block.Hash);
                Shelve(locked.Block);
                break;
            case SafetyEntry.ViewChanged changed:
                Raise(changed.NewView);
                OwnViewChange = ViewChangeTo(changed.NewView);
                break;
        }
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.I64(Height.Value);
        writer.I64(View.Value);
        WriteMessage(writer, Accepted?.Message);
        WriteMessage(writer, OwnPrepare);
        WriteMessage(writer, OwnCommit);
        WriteMessage(writer, OwnViewChange);
        writer.Option(Lock is not null);
        Lock?.Certificate.Encode(writer);
        writer.Option(Committed is not null);
        Committed?.Encode(writer);
        writer.Count(Offer?.Count ?? 0);
        foreach (Hash32 batch in Offer ?? [])
        {
            writer.Hash32(batch);
        }

        writer.Bool(Offer is not null);
        writer.Bool(AwaitsOffer);
        writer.I64(TimerView?.Value ?? -1);
        writer.Bool(IsResending);
        Prepares.WriteTo(writer);
        Commits.WriteTo(writer);
        ViewChanges.WriteTo(writer);
        Blocks.WriteTo(writer);
    }

    private void Raise(View view)
    {
        if (view > View)
        {
            EnterView(view);
        }
    }

    private static void WriteMessage(BorshWriter writer, ConsensusMessage? message)
    {
        writer.Option(message is not null);
        if (message is not null)
        {
            writer.Bytes(Statement.Of(message));
        }
    }
}
