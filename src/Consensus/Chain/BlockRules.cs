using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>What a validator can check of a block without state.</summary>
internal sealed record BlockRules(ChainId Chain, ValidatorSet Set, ChainTip Tip)
{
    /// <summary>Holds for every block that an honest validator votes for.</summary>
    public ProposalRefusal Check(Block block)
    {
        // R4, POS-4
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

    /// <summary>A fresh block must be its proposer's own; one that is proposed again was checked by a quorum.</summary>
    /// <param name="latest">The highest time that a fresh block may have.</param>
    public ProposalRefusal CheckFresh(Block block, ValidatorIndex proposer, Instant latest)
    {
        if (block.Header.Proposer != Set[proposer].Key)
        {
            return ProposalRefusal.WrongProposer;
        }

        return block.Header.Time > latest ? ProposalRefusal.TimeTooFarAhead : ProposalRefusal.None;
    }
}
