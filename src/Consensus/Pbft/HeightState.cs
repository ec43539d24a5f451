using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Everything about one undecided height. Forgotten when it is decided and executed.</summary>
internal sealed class HeightState(Height height, int validators)
{
    public Height Height { get; } = height;

    /// <summary>The proposal of the view in progress, once there is a good one.</summary>
    public AcceptedProposal? Accepted { get; set; }

    /// <summary>This node's last prepare and commit; those of lower views are past.</summary>
    public ConsensusMessage.Prepare? OwnPrepare { get; set; }

    public ConsensusMessage.Commit? OwnCommit { get; set; }

    /// <summary>The certificate of the highest view in which this node committed a block, with that block.</summary>
    public PreparedBlock? Lock { get; set; }

    /// <summary>A quorum's commits; the block or its batches may still be missing.</summary>
    public CommitCertificate? Committed { get; set; }

    public VoteLog Prepares { get; } = new(validators);

    public VoteLog Commits { get; } = new(validators);

    /// <summary>Proposals that cannot be accepted yet.</summary>
    public WaitingProposals Waiting { get; } = new(validators);

    public BlockShelf Blocks { get; } = new();

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

    /// <summary>The accepted block when its batches are here.</summary>
    public Block? AcceptedAndHeld() =>
        Accepted is { } accepted && Blocks.IsHeld(accepted.Block.Hash) ? accepted.Block : null;

    public void Shelve(Block block) => Blocks.Add(
        block,
        hash => hash == block.Hash || hash == Lock?.Block.Hash || hash == Accepted?.Block.Hash
            || hash == Committed?.BlockHash);

    public void WriteTo(BorshWriter writer)
    {
        writer.I64(Height.Value);
        writer.Option(Accepted is not null);
        if (Accepted is { } accepted)
        {
            writer.Hash32(accepted.Block.Hash);
            writer.Bool(accepted.Signed is not null);
        }

        WriteMessage(writer, OwnPrepare);
        WriteMessage(writer, OwnCommit);
        writer.Option(Lock is not null);
        Lock?.Certificate.Encode(writer);
        writer.Option(Committed is not null);
        Committed?.Encode(writer);
        Prepares.WriteTo(writer);
        Commits.WriteTo(writer);
        Waiting.WriteTo(writer);
        Blocks.WriteTo(writer);
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
