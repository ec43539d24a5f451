using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>What a backup can check of a proposal without state (the verifier has checked its justification).</summary>
/// <param name="Leader">Of the proposal's view.</param>
/// <param name="Prepared">The block that this node has prepared in that view, if any.</param>
internal sealed record ProposalRules(
    ChainId Chain,
    ValidatorSet Set,
    ChainTip Tip,
    ValidatorIndex Leader,
    Hash32? Prepared,
    Instant Now,
    Duration MaxClockDrift)
{
    public ProposalRefusal Check(ConsensusMessage.PrePrepare proposal, ValidatorIndex sender)
    {
        // R4
        BlockHeader header = proposal.Block.Header;
        if (sender != Leader)
        {
            return ProposalRefusal.NotLeader;
        }

        if (header.Chain != Chain)
        {
            return ProposalRefusal.WrongChain;
        }

        if (header.Parent != Tip.Hash || header.Height != Tip.Height.Next)
        {
            return ProposalRefusal.WrongParent;
        }

        if (header.Validators != Set.Hash)
        {
            return ProposalRefusal.WrongValidators;
        }

        if (header.Time <= Tip.Time)
        {
            return ProposalRefusal.TimeNotAfterParent;
        }

        if (Prepared is { } prepared)
        {
            return prepared == proposal.Block.Hash ? ProposalRefusal.None : ProposalRefusal.PreparedAnother;
        }

        return proposal.Justification?.Highest is null ? CheckFirst(header) : ProposalRefusal.None;
    }

    private ProposalRefusal CheckFirst(BlockHeader header)
    {
        if (header.Proposer != Set[Leader].Key)
        {
            return ProposalRefusal.WrongProposer;
        }

        return header.Time > Now.Plus(MaxClockDrift) ? ProposalRefusal.TimeTooFarAhead : ProposalRefusal.None;
    }
}
