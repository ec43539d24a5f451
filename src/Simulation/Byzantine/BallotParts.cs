using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What votes and proposals of all protocols have in common, for lies that treat them alike.</summary>
internal static class BallotParts
{
    /// <returns>False when the message is no vote. A vote for none has no block.</returns>
    public static bool IsVote(this ConsensusMessage message, out View view, out Hash32? block)
    {
        (bool vote, view, block) = message switch
        {
            ConsensusMessage.Prepare m => (true, m.View, m.BlockHash),
            ConsensusMessage.Commit m => (true, m.View, m.BlockHash),
            ConsensusMessage.Prevote m => (true, m.Round, m.BlockHash),
            ConsensusMessage.Precommit m => (true, m.Round, m.BlockHash),
            _ => (false, View.Zero, (Hash32?)null),
        };
        return vote;
    }

    /// <summary>The same vote for another block. Under PBFT no vote is for none: it stays as it is.</summary>
    public static ConsensusMessage For(this ConsensusMessage vote, Hash32? block) => vote switch
    {
        ConsensusMessage.Prepare m => m with { BlockHash = block ?? m.BlockHash },
        ConsensusMessage.Commit m => m with { BlockHash = block ?? m.BlockHash },
        ConsensusMessage.Prevote m => m with { BlockHash = block, ValidRound = block is null ? null : m.ValidRound },
        ConsensusMessage.Precommit m => m with { BlockHash = block },
        _ => vote,
    };

    public static bool IsProposal(this ConsensusMessage message, out View view, out Block block)
    {
        (bool proposal, view, block) = message switch
        {
            ConsensusMessage.PrePrepare m => (true, m.View, m.Block),
            ConsensusMessage.Proposal m => (true, m.Round, m.Block),
            _ => (false, View.Zero, null!),
        };
        return proposal;
    }

    /// <summary>Nothing prepared earlier binds the proposer, as far as the message itself says.</summary>
    public static bool IsFresh(this ConsensusMessage proposal) => proposal switch
    {
        ConsensusMessage.PrePrepare => true,
        ConsensusMessage.Proposal m => m.Valid is null,
        _ => false,
    };

    public static ConsensusMessage With(this ConsensusMessage proposal, Block block) => proposal switch
    {
        ConsensusMessage.PrePrepare m => m with { Block = block },
        ConsensusMessage.Proposal m => m with { Block = block },
        _ => proposal,
    };

    /// <summary>The same block made a microsecond later: as good as the other, with another hash.</summary>
    public static Block Twin(this Block block) =>
        Block.Create(block.Header with { Time = block.Header.Time.Plus(new Duration(1)) }, block.Batches);
}
