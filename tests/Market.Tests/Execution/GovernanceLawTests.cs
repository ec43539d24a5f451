using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Books;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Random proposals, approvals, roles, orders and closes against a model that counts approvals by itself.
/// </summary>
public sealed class GovernanceLawTests
{
    private static readonly string[] Members = ["c1", "c2", "c3", "gateway"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Nothing_takes_effect_without_enough_approvals_within_its_time_and_at_a_close(ulong seed)
    {
        Xorshift random = new(seed);
        MarketFixture market = GovernanceTests.Council(2, 30);
        Model model = new(market.State);
        for (int step = 0; step < 600; step++)
        {
            string signer = random.Below(8) == 0 ? "A" : Members[(int)random.Below(Members.Length)];
            Command[] commands =
                [.. Enumerable.Range(0, 1 + (int)random.Below(3)).Select(_ => Next(random, market, step))];
            BatchFlags flags = random.Below(4) == 0 ? BatchFlags.Atomic : BatchFlags.None;
            bool closes = random.Below(6) == 0;
            market.Now = market.Now.Plus(Duration.FromSeconds(random.Below(20)));
            model.BeforeBlock(market.Now);
            string rules = Rules(market.State);
            long decisions = market.State.Governance.LastDecision;
            IReadOnlyList<Receipt> receipts = market.Run(signer, flags, commands);
            model.Executed(signer, commands, receipts);

            Assert.Equal(rules, Rules(market.State));
            Assert.Equal(decisions, market.State.Governance.LastDecision);
            if (closes)
            {
                model.BeforeBlock(market.Now);
                List<(ProposalId, string)> due = model.Due(market.Now);
                market.Run("gateway", Close(market.State.Totals.OpenEpoch.Value));
                Assert.Equal(due.Order(), Decided(market.State, decisions).Order());
                model.Forget(due);
                CheckEffects(market.State, decisions, rules);
            }

            Assert.Equal(model.Open, market.State.Proposals.Keys);
            GovernanceTerms terms = market.State.Governance.Terms;
            Assert.InRange(terms.Threshold, 1, new Offices(market.State).Count(Role.Governance));
        }

        long made = market.State.Governance.LastDecision;
        Assert.True(made > 10, $"only {made} decisions");
        AssertReplays(market);
    }

    private static Command Next(Xorshift random, MarketFixture market, int step)
    {
        long proposal = market.State.Governance.LastProposal.Value - random.Below(6);
        string one = Members[(int)random.Below(Members.Length)];
        string text = random.Below(20) switch
        {
            0 => $"propose price retail {random.Below(1000)}",
            1 => random.Below(2) == 0 ? "propose pause all" : "propose resume all",
            10 => random.Below(2) == 0 ? "propose pause home-spot" : "propose resume home-spot",
            2 => $"propose role {one} Governance {(random.Below(2) == 0 ? "taken" : "given")}",
            3 => $"propose terms {1 + random.Below(3)} {random.Below(60)}",
            4 => $"propose book home-spot tick {1 + random.Below(5)}",
            5 => $"propose length {600 + random.Below(600)}",
            6 => $"unback {proposal}",
            7 => $"drop {one} {proposal}",
            8 => $"status {one} {(random.Below(3) == 0 ? "suspended" : "active")}",
            9 => $"bid A home-spot 60,000 {1 + (step % 5)} gtc",
            _ => $"back {proposal}",
        };
        if (text.StartsWith("propose", System.StringComparison.Ordinal))
        {
            long now = (market.Now.Micros - GovernanceText.Start.Micros) / Instant.MicrosPerSecond;
            long notBefore = now + 20 + random.Below(80);
            text += $" lock {notBefore} until {notBefore + random.Below(200)}";
        }

        return CommandText.Parse(text);
    }

    /// <summary>All that the governance may change at closes.</summary>
    private static string Rules(LedgerState state) => string.Join(
        ';',
        state.Parameters,
        state.Governance.Terms,
        state.Governance.IsMarketPaused,
        string.Join(',', state.PausedBooks.Keys),
        string.Join(',', state.Books.Keys.Select(book => state.BookParameters[book])),
        string.Join(',', state.Users.Keys.Select(user => state.Users[user].Roles)),
        state.BookChanges.Count);

    private static IEnumerable<(ProposalId, string)> Decided(LedgerState state, long before) =>
        state.Decisions.Keys.Where(number => number > before).Select(number => (
            state.Decisions[number].Proposal, string.Join(' ', state.Decisions[number].Approvers)));

    private static void CheckEffects(LedgerState state, long before, string rules)
    {
        GovernanceDecision[] effective = [.. state.Decisions.Keys.Where(number => number > before)
            .Select(number => state.Decisions[number]).Where(decision => decision.Refusal == LedgerError.None)];
        if (effective.Length == 0)
        {
            Assert.Equal(rules, Rules(state));
        }

        foreach (GovernanceDecision decision in effective)
        {
            Assert.Equal(state.Totals.OpenEpoch, decision.Epoch);
            Assert.Equal(decision.Before?.GetType() ?? decision.Action.GetType(), decision.Action.GetType());
        }
    }

    private static void AssertReplays(MarketFixture market)
    {
        MarketFixture again = GovernanceTests.Council(2, 30);
        foreach ((Block block, SignedBatch[] batches) in market.History)
        {
            again.Execute(block, batches);
        }

        Assert.Equal(market.State.CommitRoot(), again.State.CommitRoot());
    }

    /// <summary>Who approved what until when, from the receipts alone.</summary>
    private sealed class Model(LedgerState state)
    {
        private readonly SortedDictionary<long, (Instant From, Instant To, List<string> By)> _open = [];

        public IEnumerable<ProposalId> Open => _open.Keys.Select(number => new ProposalId(number));

        public void BeforeBlock(Instant now)
        {
            foreach (long number in _open.Keys.Where(number => _open[number].To < now).ToArray())
            {
                _open.Remove(number);
            }
        }

        public void Executed(string signer, Command[] commands, IReadOnlyList<Receipt> receipts)
        {
            foreach ((Command command, Receipt receipt) in commands.Zip(receipts))
            {
                if (receipt.Error == LedgerError.None)
                {
                    Apply(signer, command, receipt.Value);
                }
            }
        }

        public List<(ProposalId Id, string By)> Due(Instant now) => [.. _open
            .Where(one => one.Value.From <= now)
            .Select(one => (new ProposalId(one.Key), Active(one.Value.By)))
            .Where(one => one.Item2.Length >= state.Governance.Terms.Threshold)
            .Select(one => (one.Item1, string.Join(' ', one.Item2)))];

        public void Forget(List<(ProposalId Id, string By)> decided) =>
            decided.ForEach(one => _open.Remove(one.Id.Value));

        private string[] Active(List<string> by) => [.. by.Where(name =>
            state.Users[Account(name)] is { Status: UserStatus.Active } user
            && (user.Roles & Role.Governance) != Role.None)];

        private void Apply(string signer, Command command, long value)
        {
            switch (command)
            {
                case Command.Propose c:
                    _open.Add(value, (c.NotBefore, c.Expires, [signer]));
                    break;
                case Command.ApproveProposal c:
                    _open[c.Proposal.Value].By.Add(signer);
                    break;
                case Command.WithdrawApproval c:
                    Assert.True(_open[c.Proposal.Value].By.Remove(signer));
                    break;
                case Command.CancelProposal c:
                    Assert.True(_open.Remove(c.Proposal.Value));
                    break;
                default:
                    break;
            }
        }
    }
}
