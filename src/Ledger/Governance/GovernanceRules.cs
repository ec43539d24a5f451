using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>
/// Proposals of the governance and their approvals. The rules GOV-1… are those of docs/spec/governance.md. Each method
/// refuses before it changes anything.
/// </summary>
/// <param name="now">The time of the block.</param>
public sealed class GovernanceRules(LedgerState state, Height height, Instant now)
{
    private readonly ActionRules _actions = new(state, height, now);

    /// <returns>The receipt names the proposal.</returns>
    public Receipt Propose(AccountId signer, Command.Propose command)
    {
        GovernanceStatus status = state.Governance;
        LedgerError refusal = Lowest(
            _actions.Check(command.Action),
            AccessTable.Allows(state, signer, command) ? LedgerError.None : LedgerError.UnauthorizedOperator,
            IsSchedule(command, status.Terms) ? LedgerError.None : LedgerError.InvalidSchedule,
            state.Proposals.Count < Limits.MaxProposals ? LedgerError.None : LedgerError.TooManyProposals);
        if (refusal != LedgerError.None)
        {
            return new Receipt(refusal, 0);
        }

        // GOV-1
        ProposalId id = new(status.LastProposal.Value + 1);
        state.Governance = status with { LastProposal = id };
        state.Proposals.Set(
            id, new Proposal(command.Action, signer, command.NotBefore, command.Expires, [signer]));
        return new Receipt(LedgerError.None, id.Value);
    }

    public LedgerError Approve(AccountId signer, Command.ApproveProposal command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Proposals.TryGet(command.Proposal, out Proposal proposal))
        {
            return LedgerError.ProposalNotFound;
        }

        if (proposal.IsApprovedBy(signer))
        {
            return LedgerError.AlreadyApproved;
        }

        if (proposal.Approvals.Count >= Limits.MaxApprovals)
        {
            return LedgerError.TooManyApprovals;
        }

        List<AccountId> approvals = [.. proposal.Approvals, signer];
        state.Proposals.Set(command.Proposal, proposal with { Approvals = approvals });
        return LedgerError.None;
    }

    public LedgerError Withdraw(AccountId signer, Command.WithdrawApproval command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Proposals.TryGet(command.Proposal, out Proposal proposal))
        {
            return LedgerError.ProposalNotFound;
        }

        if (!proposal.IsApprovedBy(signer))
        {
            return LedgerError.NotApproved;
        }

        List<AccountId> approvals = [.. proposal.Approvals];
        approvals.Remove(signer);
        state.Proposals.Set(command.Proposal, proposal with { Approvals = approvals });
        return LedgerError.None;
    }

    public LedgerError Cancel(AccountId signer, Command.CancelProposal command)
    {
        if (!state.Users.Contains(command.Proposer))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Proposals.TryGet(command.Proposal, out Proposal proposal))
        {
            return LedgerError.ProposalNotFound;
        }

        if (proposal.Proposer != command.Proposer)
        {
            return LedgerError.NotTheProposer;
        }

        state.Proposals.Remove(command.Proposal);
        return LedgerError.None;
    }

    /// <summary>Forgets proposals whose time has passed.</summary>
    public void EndExpired()
    {
        // GOV-4
        foreach (ProposalId id in state.Proposals.Count == 0 ? [] : state.Proposals.Keys)
        {
            if (state.Proposals[id].Expires < now)
            {
                state.Proposals.Remove(id);
            }
        }
    }

    private static LedgerError Lowest(params System.ReadOnlySpan<LedgerError> errors)
    {
        LedgerError lowest = LedgerError.None;
        foreach (LedgerError error in errors)
        {
            lowest = error != LedgerError.None && (lowest == LedgerError.None || error < lowest) ? error : lowest;
        }

        return lowest;
    }

    private bool IsSchedule(Command.Propose command, GovernanceTerms terms) =>
        command.NotBefore >= now.Plus(terms.MinLock)
        && command.NotBefore <= now.Plus(Limits.MaxProposalLock)
        && command.Expires >= command.NotBefore
        && command.Expires <= now.Plus(Limits.MaxProposalLife);
}
