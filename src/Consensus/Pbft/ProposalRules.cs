using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>What a backup can check of a proposal without state.</summary>
/// <param name="Parent">The block below: decided, or accepted in the same view.</param>
/// <param name="Leader">Of the proposal's view.</param>
/// <param name="Prepared">The block that this node has prepared in that view, if any.</param>
internal sealed record ProposalRules(
    ChainId Chain,
    ValidatorSet Set,
    ChainTip Parent,
    ValidatorIndex Leader,
    Hash32? Prepared,
    Instant Now,
    Duration MaxClockDrift)
{
    public ProposalRefusal Check(ConsensusMessage.PrePrepare proposal, ValidatorIndex sender)
    {
        // R4
        if (sender != Leader)
        {
            return ProposalRefusal.NotLeader;
        }

        BlockRules rules = new(Chain, Set, Parent);
        ProposalRefusal refusal = rules.Check(proposal.Block);
        if (refusal != ProposalRefusal.None)
        {
            return refusal;
        }

        if (Prepared is { } prepared)
        {
            return prepared == proposal.Block.Hash ? ProposalRefusal.None : ProposalRefusal.PreparedAnother;
        }

        return rules.CheckFresh(proposal.Block, Leader, Now.Plus(MaxClockDrift));
    }
}
