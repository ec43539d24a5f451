using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Tables of the rules GOV-1… of <c>docs/spec/governance.md</c>.</summary>
public sealed class GovernanceTests
{
    [Fact]
    public void A_proposal_needs_valid_values_a_schedule_and_the_role() => RuleScript.Run(Council(2, 60), """
        A: propose price gridfee 5 lock 60 -> UnauthorizedOperator
        c1: propose price gridfee 1,000,000,001 lock 60; propose price retail -1 lock 60 -> InvalidPrice
        c1: propose price gridfee 5 lock 59; propose price gridfee 5 lock 2,592,001 until 2,592,002 -> InvalidSchedule
        c1: propose price gridfee 5 lock 90 until 89; propose price gridfee 5 lock 60 until 7,776,001 -> InvalidSchedule
        c1: propose price gridfee 5 lock 60 until 60; propose price gridfee 5 lock 2,592,000 until 7,776,000 -> None
        c1: propose price gridfee 0 lock 60; propose price feedin 1,000,000,000 lock 60 -> None
        c1: propose grace -1 lock 60; propose grace 900 lock 60; propose length 0 lock 60 -> InvalidParameter
        c1: propose length 86,401 lock 60; propose terms 2 -1 lock 60 -> InvalidParameter
        c1: propose terms 2 2,592,001 lock 60 -> InvalidParameter
        c1: propose grace 899 lock 60; propose length 86,400 lock 60; propose length 1 lock 60 -> None
        c1: propose terms 0 0 lock 60; propose terms 5 0 lock 60 -> InvalidThreshold
        c1: propose terms 4 2,592,000 lock 60; propose terms 1 0 lock 60 -> None
        c1: propose book home-spot tick 0 lock 60 -> InvalidBookParameters
        c1: propose pause nowhere lock 60; propose resume nowhere lock 60 -> BookNotFound
        c1: propose role nobody Treasury given lock 60 -> UserNotFound
        c1: propose role gateway Authority taken lock 60 -> CannotRemoveLastAuthority
        c1: propose role A None given lock 60 -> InvalidRole
        c1: propose upgrade 1 100 lock 60; propose upgrade 2 1 lock 60 -> InvalidUpgrade
        c1: back 1; unback 99 -> AlreadyApproved ProposalNotFound
        c2: unback 1; back 1; back 1; unback 1; unback 1 -> NotApproved None AlreadyApproved None NotApproved
        c2: drop c2 1; drop c1 1; drop nobody 1 -> NotTheProposer UnauthorizedOperator UserNotFound
        c2: back 99 -> ProposalNotFound
        c1: drop c1 1; drop c1 1 -> None ProposalNotFound
        """);

    [Fact]
    public void A_decision_takes_effect_with_the_first_close_after_its_lock_that_enough_approve()
    {
        MarketFixture market = Council(2, 60);
        RuleScript.Run(market, """
            c1: propose price gridfee 5 lock 60 until 120 -> None
            c2: back 1 -> None
            gateway: close 0 -> None
            """);
        Assert.Equal(10_000, market.State.Parameters.GridFee.MicroPerKwh);

        market.Now = GovernanceText.At(60);
        RuleScript.Run(market, """
            c2: unback 1 -> None
            gateway: close 1 -> None
            c3: back 1 -> None
            """);
        Assert.Equal(10_000, market.State.Parameters.GridFee.MicroPerKwh);

        RuleScript.Run(market, "gateway: close 2 -> None");
        Assert.Equal(5, market.State.Parameters.GridFee.MicroPerKwh);
        GovernanceDecision decision = market.State.Decisions[1];
        Assert.Equal(
            (Account("c1"), new EpochIndex(3), market.Height), (decision.Proposer, decision.Epoch, decision.Height));
        Assert.Equal([Account("c1"), Account("c3")], decision.Approvers);
        Assert.Equal(new GovernanceAction.SetPrice(MarketPrice.GridFee, new Price(10_000)), decision.Before);
        Assert.Equal(new GovernanceAction.SetPrice(MarketPrice.GridFee, new Price(5)), decision.Action);
        Assert.Equal((GovernanceText.At(60), LedgerError.None), (decision.Time, decision.Refusal));
        Assert.Empty(market.State.Proposals.Keys);
    }

    [Fact]
    public void An_expired_proposal_is_gone_and_one_of_the_last_instant_is_not()
    {
        MarketFixture market = Council(1, 0);
        RuleScript.Run(market, "c1: propose price gridfee 5 until 10; propose price retail 5 until 9 -> None");
        market.Now = GovernanceText.At(10);
        RuleScript.Run(market, """
            c2: back 2; back 1 -> ProposalNotFound None
            gateway: close 0 -> None
            """);
        Assert.Equal(5, market.State.Parameters.GridFee.MicroPerKwh);
        Assert.Equal(220_000, market.State.Parameters.Retail.MicroPerKwh);
    }

    [Fact]
    public void Only_those_who_still_hold_the_role_count()
    {
        MarketFixture market = Council(2, 0);
        RuleScript.Run(market, """
            c1: propose price gridfee 5 -> None
            c2: back 1 -> None
            gateway: status c2 suspended; close 0 -> None
            """);
        Assert.Equal(10_000, market.State.Parameters.GridFee.MicroPerKwh);
        RuleScript.Run(market, """
            gateway: status c2 active; revokekey c1 -> None
            gateway: close 1 -> None
            """);
        Assert.Equal(10_000, market.State.Parameters.GridFee.MicroPerKwh);
        RuleScript.Run(market, """
            gateway: status c3 suspended -> None
            gateway: status c2 inactive; revokekey c2; status gateway suspended -> CannotRemoveLastAuthority
            c2: propose role gateway Governance taken -> CannotRemoveLastAuthority
            c2: propose terms 3 0 -> InvalidThreshold
            gateway: back 1; close 2 -> None
            """);
        Assert.Equal(5, market.State.Parameters.GridFee.MicroPerKwh);
    }

    [Fact]
    public void Roles_are_given_together_from_a_threshold_of_two_on()
    {
        RuleScript.Run(Council(1, 0), "c1: give A Treasury; give A Governance; take A Governance -> None");
        MarketFixture market = Council(2, 0);
        RuleScript.Run(market, """
            c1: give A Treasury; take gateway Treasury; give A Authority -> ProposalNeeded
            c1: give nobody Treasury; give A None -> UserNotFound InvalidRole
            c1: take gateway Authority -> CannotRemoveLastAuthority
            gateway: give A Authority; take A Authority -> None
            c1: propose role A Treasury given; propose role gateway Treasury taken -> None
            c2: back 1; back 2 -> None
            A: deposit A 1 -> UnauthorizedOperator
            gateway: close 0; deposit A 1 -> None UnauthorizedOperator
            A: deposit A 1 -> None
            """);
        Assert.Equal(
            new GovernanceAction.SetRole(Account("A"), Role.Treasury, false), market.State.Decisions[1].Before);
    }

    [Fact]
    public void What_the_state_no_longer_permits_is_recorded_and_changes_nothing()
    {
        MarketFixture market = Council(1, 0);
        RuleScript.Run(market, """
            c1: propose terms 3 0; propose terms 4 0; propose role c3 Governance taken -> None
            gateway: status c2 suspended; close 0 -> None
            c1: propose role A Treasury given -> None
            """);
        Assert.Equal(
            [LedgerError.None, LedgerError.InvalidThreshold, LedgerError.CannotRemoveLastAuthority],
            Refusals(market));
        Assert.All(market.State.Decisions.Keys.Skip(1), number => Assert.Null(market.State.Decisions[number].Before));
        Assert.Equal(3, market.State.Governance.Terms.Threshold);
    }

    [Fact]
    public void A_paused_market_takes_no_orders_and_all_else_goes_on()
    {
        MarketFixture market = Council(1, 0);
        RuleScript.Run(market, """
            A: bid A home-spot 20,000 5 gtc; bid A other-spot 20,000 5 gtc -> None
            c1: propose pause home-spot -> None
            A: bid A home-spot 20,000 5 gtc -> None
            gateway: close 0 -> None
            A: bid A home-spot 20,000 5 gtc; bid A other-spot 20,000 5 gtc -> MarketPaused None
            A: replace A 1 20,000 1; replace A 2 20,000 1; cancel A 1 -> MarketPaused None None
            A: bid A home-spot 20,000 0; bid A nowhere 1 1 -> InvalidOrderAmount BookNotFound
            A: bid A home-spot -1 1 -> MarketPaused
            c1: propose resume home-spot; propose pause all -> None
            gateway: read A 1 0 7; read B 1 9 0; close 1 -> None
            A: bid A home-spot 20,000 5; bid A nowhere 1 1; bid A other-spot 20,000 5 -> MarketPaused
            A: cancelall A -> None
            B: transfer B A 0 -> InvalidAmount
            gateway: read A 2 0 7; close 2 -> None
            c1: propose resume all -> None
            gateway: close 3 -> None
            A: bid A home-spot 20,000 5; bid A other-spot 20,000 5 -> None
            """);
        Assert.Empty(market.State.PausedBooks.Keys);
    }

    [Fact]
    public void Books_are_added_and_changed_in_the_close_that_decides()
    {
        MarketFixture market = Council(1, 0);
        RuleScript.Run(market, """
            A: bid A home-spot 20,000 5 gtc -> None
            c1: propose book home-spot continuous; propose book west; propose pause west -> None None BookNotFound
            c1: propose book east shut -> None
            A: bid A west 20,000 5 -> BookNotFound
            gateway: close 0 -> None
            = A 1,000,000,000 0 0 0
            A: bid A west 20,000 5; bid A east 20,000 5 -> None BookClosed
            A: bid A home-spot 20,000 5 gtc -> None
            B: bid B home-spot 20,000 5 fok -> None
            """);
        Assert.Equal(BookMechanism.Continuous, market.State.BookParameters[Book].Mechanism);
        Assert.Equal(
            [new GovernanceAction.SetBook(Book, BookParameters.Default), null, null],
            market.State.Decisions.Keys.Select(number => market.State.Decisions[number].Before));
        Assert.Empty(market.State.BookChanges.Keys);
    }

    [Fact]
    public void At_most_64_proposals_are_open()
    {
        MarketFixture market = Council(4, 0);
        Command propose = CommandText.Parse("propose grace 1");
        market.Run("c1", [.. Enumerable.Repeat(propose, Limits.MaxProposals)]);
        RuleScript.Run(market, """
            c1: propose grace 2 -> TooManyProposals
            c1: drop c1 64; propose grace 2 -> None
            """);
    }

    [Fact]
    public void At_most_64_accounts_approve_a_proposal()
    {
        string[] members = [.. Enumerable.Range(0, Limits.MaxApprovals).Select(number => $"m{number}")];
        MarketFixture market = Council(4, 0, members);
        RuleScript.Run(market, "c1: propose grace 1 -> None");
        foreach (string member in members)
        {
            LedgerError expected = member == members[^1] ? LedgerError.TooManyApprovals : LedgerError.None;
            Assert.Equal(expected, market.RunOne(member, CommandText.Parse("back 1")));
        }
    }

    [Fact]
    public void A_shared_account_governs_by_its_members() => RuleScript.Run(Council(1, 0), """
        c1: circle c1 members 2 0 A B -> None
        c1: propose grace 1 -> ApprovalsNeeded
        A: operate A c1 60 propose grace 1 -> None
        B: operate B c1 60 propose grace 1 -> None
        c2: back 1 -> None
        """);

    [Fact]
    public void Taken_back_with_its_batch_a_proposal_never_was()
    {
        MarketFixture market = Council(1, 0);
        Hash32 before = market.State.CommitRoot();
        RuleScript.Run(market, """
            c1 atomic: propose grace 1; back 1 -> AtomicBatchFailed AlreadyApproved
            c1: propose grace 1 -> None
            c1 atomic: drop c1 1; drop c1 1 -> AtomicBatchFailed ProposalNotFound
            c1: drop c1 1 -> None
            """);
        Assert.NotEqual(before, market.State.CommitRoot());
        Assert.Equal(new ProposalId(1), market.State.Governance.LastProposal);
    }

    /// <summary>Accounts c1, c2 and c3, beside the gateway, hold the role.</summary>
    internal static MarketFixture Council(
        int threshold,
        long minLockSeconds,
        IReadOnlyList<string>? more = null,
        MarketClock clock = MarketClock.Oracle) =>
        new(["A", "B"], clock, change: genesis => genesis with
        {
            Accounts =
            [
                .. genesis.Accounts,
                .. ((string[])["c1", "c2", "c3", .. more ?? []]).Select(name => new GenesisAccount(
                    Account(name), UserKind.Operator, Role.Governance, Key(name), Money.Zero)),
            ],
            Governance = new GovernanceTerms(threshold, Duration.FromSeconds(minLockSeconds)),
        });

    private static IEnumerable<LedgerError> Refusals(MarketFixture market) =>
        market.State.Decisions.Keys.Select(number => market.State.Decisions[number].Refusal);
}
