using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>
/// What the close of an epoch decides: proposals with enough approvals, whose lock has ended, take effect. The rules
/// GOV-1… are those of docs/spec/governance.md.
/// </summary>
/// <param name="now">The time of the block.</param>
public sealed class GovernanceClose(LedgerState state, Height height, Instant now)
{
    private readonly ActionRules _actions = new(state, height, now);
    private readonly Offices _offices = new(state);
    private readonly List<Ripe> _ripe = [];

    /// <summary>
    /// At the start of a close: finds what is decided, and gives books their new rules, with which their orders end in
    /// this close.
    /// </summary>
    public void BeginClose()
    {
        _ripe.Clear();
        foreach (ProposalId id in state.Proposals.Count == 0 ? [] : state.Proposals.Keys)
        {
            // GOV-3, GOV-4
            Proposal proposal = state.Proposals[id];
            List<AccountId> approvers = Approvers(proposal);
            if (proposal.NotBefore <= now && proposal.Expires >= now
                && approvers.Count >= state.Governance.Terms.Threshold)
            {
                _ripe.Add(new Ripe(id, approvers));
            }
        }

        Decide(books: true);
    }

    /// <summary>After the epoch is settled, while it is still the open one.</summary>
    public void EndClose() => Decide(books: false);

    /// <summary>Those approvers who can act for the governance now.</summary>
    private List<AccountId> Approvers(in Proposal proposal)
    {
        List<AccountId> active = [];
        foreach (AccountId account in proposal.Approvals)
        {
            if (_offices.IsHolder(account, Role.Governance))
            {
                active.Add(account);
            }
        }

        return active;
    }

    private void Decide(bool books)
    {
        foreach (Ripe ripe in _ripe)
        {
            Proposal proposal = default;
            if (state.Proposals.TryGet(ripe.Id, out proposal)
                && proposal.Action is GovernanceAction.SetBook == books)
            {
                Decide(ripe, proposal);
            }
        }
    }

    private void Decide(in Ripe ripe, in Proposal proposal)
    {
        // GOV-5, GOV-6
        LedgerError refusal = _actions.Check(proposal.Action);
        GovernanceAction? before = refusal == LedgerError.None ? _actions.Apply(proposal.Action) : null;
        long number = state.Governance.LastDecision + 1;
        state.Decisions.Set(
            number,
            new GovernanceDecision(
                ripe.Id,
                proposal.Proposer,
                ripe.Approvers,
                state.Totals.OpenEpoch.Next,
                height,
                now,
                proposal.Action,
                before,
                refusal));
        state.Governance = state.Governance with { LastDecision = number };
        state.Proposals.Remove(ripe.Id);
    }

    private readonly record struct Ripe(ProposalId Id, List<AccountId> Approvers);
}
