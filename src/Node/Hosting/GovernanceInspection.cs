using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;
using EnergyNode.Ledger;
using EnergyNode.Node.Admin;

namespace EnergyNode.Node.Hosting;

/// <summary>What pbm can ask about the governance: how it decides, what is proposed, what was decided.</summary>
internal sealed class GovernanceInspection(ActorSystem system, NodeActors actors)
{
    private const long DefaultDecisions = 50;

    public void Register(AdminRegistry registry)
    {
        registry.Add(NodeInspection.Command(
            "governance", "status", "how the governance decides, and what is to come", [], ShowStatus));
        registry.Add(NodeInspection.Command(
            "governance", "proposals", "what is proposed and not decided", [], ShowProposals));
        registry.Add(NodeInspection.Command(
            "governance",
            "decisions",
            "the audit trail: what was decided, the latest first",
            [
                new AdminArgument("last", AdminArgumentKind.Number, "how many, 1 to 1000")
                {
                    Short = 'n',
                    Default = DefaultDecisions,
                },
            ],
            ShowDecisions));
    }

    private Task<AdminTable> ShowStatus(AdminRequest request) => Inspect(state =>
    {
        GovernanceStatus status = state.Governance;
        return new AdminTable(
            [
                new("threshold", AdminColumnKind.Number), new("holders", AdminColumnKind.Number),
                new("least-lock", AdminColumnKind.DurationMicros), new("market-paused", AdminColumnKind.Flag),
                new("paused-books", AdminColumnKind.Number), new("version", AdminColumnKind.Number),
                new("since-block", AdminColumnKind.Number), new("consensus"), new("next-consensus"),
                new("at-block", AdminColumnKind.Number),
            ],
            [
                [
                    status.Terms.Threshold, new Offices(state).Count(Role.Governance), status.Terms.MinLock.Micros,
                    status.IsMarketPaused, state.PausedBooks.Count, status.ProtocolVersion,
                    status.UpgradeHeight.Value, state.Staking.Rules.Protocol.Word(),
                    status.Change?.Rules.Protocol.Word() ?? "-", status.Change?.Height.Value,
                ],
            ]);
    });

    private Task<AdminTable> ShowProposals(AdminRequest request) => Inspect(state =>
    {
        List<IReadOnlyList<AdminCell>> rows = [];
        foreach (ProposalId id in state.Proposals.Keys)
        {
            Proposal proposal = state.Proposals[id];
            rows.Add([
                id.Value, GovernanceActionText.Of(proposal.Action), proposal.Proposer.ToString(),
                string.Join(' ', proposal.Approvals), proposal.NotBefore.Micros, proposal.Expires.Micros,
            ]);
        }

        return new AdminTable(
            [
                new("proposal", AdminColumnKind.Number), new("action"), new("proposer"), new("approvals"),
                new("not-before", AdminColumnKind.TimeMicros), new("expires", AdminColumnKind.TimeMicros),
            ],
            rows);
    });

    private async Task<AdminTable> ShowDecisions(AdminRequest request)
    {
        long wanted = request.Number("last") ?? DefaultDecisions;
        return wanted is < 1 or > HostLimits.MaxDecisionsShown
            ? AdminTable.Refuse($"--last {wanted} is not possible; write 1 to {HostLimits.MaxDecisionsShown}")
            : await Inspect(state => Decisions(state, wanted)).ConfigureAwait(false);
    }

    private static AdminTable Decisions(LedgerState state, long wanted)
    {
        List<IReadOnlyList<AdminCell>> rows = [];
        for (long number = state.Governance.LastDecision; number > 0 && rows.Count < wanted; number--)
        {
            GovernanceDecision decision = state.Decisions[number];
            rows.Add([
                number, GovernanceActionText.Of(decision.Action),
                decision.Refusal == LedgerError.None ? "done" : decision.Refusal.ToString(),
                decision.Before is { } before ? GovernanceActionText.Of(before) : "-",
                decision.Epoch.Value, decision.Height.Value, decision.Time.Micros, decision.Proposal.Value,
                decision.Proposer.ToString(), string.Join(' ', decision.Approvers),
            ]);
        }

        return new AdminTable(
            [
                new("decision", AdminColumnKind.Number), new("action"), new("result"), new("before"),
                new("first-epoch", AdminColumnKind.Number), new("block", AdminColumnKind.Number),
                new("time", AdminColumnKind.TimeMicros), new("proposal", AdminColumnKind.Number),
                new("proposer", Wide: true), new("approvers", Wide: true),
            ],
            rows);
    }

    private Task<AdminTable> Inspect(Func<LedgerState, AdminTable> question) => system.Ask<AdminTable>(
        actors.Ledger, new LedgerMessage.Inspect((state, _) => question(state)), HostLimits.AskTimeout);
}
