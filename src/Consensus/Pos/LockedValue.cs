using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>A block with a quorum's prevotes: a locked value or a valid value (Algorithm 1, L6 to L9).</summary>
internal sealed record LockedValue(PreparedCertificate Certificate, Block Block)
{
    public View Round => Certificate.View;

    public Hash32 Hash => Block.Hash;

    /// <summary>Whether a validator with this lock, or with none, may prevote a proposal that it finds valid.</summary>
    /// <param name="left">The highest round in which it was locked on another block; null for none.</param>
    public static bool Allows(LockedValue? locked, View? left, ConsensusMessage.Proposal proposal)
    {
        // POS-28
        if (left is { } other && (proposal.Valid is null || proposal.Valid.View < other))
        {
            return false;
        }

        // POS-6: L23 for a fresh block, L29 for one with a valid round
        return locked is null || locked.Hash == proposal.Block.Hash
            || (proposal.Valid is { } valid && locked.Round <= valid.View);
    }
}
