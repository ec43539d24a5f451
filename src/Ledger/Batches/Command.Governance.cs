namespace EnergyNode.Ledger;

/// <content>Decisions of several: docs/spec/governance.md.</content>
public abstract partial record Command
{
    /// <summary>
    /// Proposes a change, which counts as the proposer's approval. By the governance. The receipt names the proposal.
    /// </summary>
    /// <param name="NotBefore">The time lock, at least the least one and at most 30 days ahead.</param>
    /// <param name="Expires">Not before the lock ends, at most 90 days ahead.</param>
    public sealed record Propose(GovernanceAction Action, Instant NotBefore, Instant Expires) : Command;

    /// <summary>Approves a proposal. By the governance.</summary>
    public sealed record ApproveProposal(ProposalId Proposal) : Command;

    /// <summary>Takes one's own approval back. By the governance.</summary>
    public sealed record WithdrawApproval(ProposalId Proposal) : Command;

    /// <summary>Ends a proposal before it is decided. By its proposer, also when it has lost the role.</summary>
    public sealed record CancelProposal(AccountId Proposer, ProposalId Proposal) : Command;
}
