using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>One row of the audit trail: a proposal that was decided. Rows are never changed or removed.</summary>
/// <param name="Approvers">Those whose approval counted.</param>
/// <param name="Epoch">The first epoch in which it holds.</param>
/// <param name="Height">Of the block that made it effective, at <paramref name="Time"/>.</param>
/// <param name="Before">What was in force, as the action that would bring it back; null where nothing was.</param>
/// <param name="Refusal">
/// Why it could not be made effective, since the state had changed meanwhile; else <see cref="LedgerError.None"/>.
/// </param>
public readonly record struct GovernanceDecision(
    ProposalId Proposal,
    AccountId Proposer,
    IReadOnlyList<AccountId> Approvers,
    EpochIndex Epoch,
    Height Height,
    Instant Time,
    GovernanceAction Action,
    GovernanceAction? Before,
    LedgerError Refusal)
{
    internal void Encode(BorshWriter writer)
    {
        writer.I64(Proposal.Value);
        writer.AccountId(Proposer);
        writer.Count(Approvers.Count);
        foreach (AccountId account in Approvers)
        {
            writer.AccountId(account);
        }

        writer.I64(Epoch.Value);
        writer.I64(Height.Value);
        writer.I64(Time.Micros);
        GovernanceActionCodec.Encode(Action, writer);
        writer.Option(Before is not null);
        if (Before is not null)
        {
            GovernanceActionCodec.Encode(Before, writer);
        }

        writer.U16((ushort)Refusal);
    }
}
