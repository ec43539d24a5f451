using EnergyNode.Consensus.Pbft;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>What a validator can check of a block without state: valid(v) in the paper.</summary>
internal sealed record BlockRules(ChainId Chain, ValidatorSet Set, ChainTip Tip)
{
    /// <summary>Holds for every block that an honest validator prevotes.</summary>
    public ProposalRefusal Check(Block block)
    {
        // POS-4
        BlockHeader header = block.Header;
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

        return header.Time <= Tip.Time ? ProposalRefusal.TimeNotAfterParent : ProposalRefusal.None;
    }

    /// <summary>A fresh block must be its proposer's own; one with a valid round was checked by a quorum.</summary>
    public ProposalRefusal Check(ConsensusMessage.Proposal proposal, ValidatorIndex proposer, Instant latest)
    {
        ProposalRefusal refusal = Check(proposal.Block);
        BlockHeader header = proposal.Block.Header;
        if (refusal != ProposalRefusal.None || proposal.Valid is not null)
        {
            return refusal;
        }

        if (header.Proposer != Set[proposer].Key)
        {
            return ProposalRefusal.WrongProposer;
        }

        return header.Time > latest ? ProposalRefusal.TimeTooFarAhead : ProposalRefusal.None;
    }
}
