using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Allowances, burning, spending limits and transfers that wait.</summary>
public sealed class TokenTests
{
    private const string Day = "86,400";

    [Fact]
    public void Allowances_give_their_errors_in_order_and_are_used_up() => RuleScript.Run(Village(), """
        A: approve A nobody 1; approve nobody A 1; from nobody A B 1; from A nobody B 1 -> UserNotFound
        B: approve A A 1 -> TransferToSelf
        B: approve A B -1 -> UnauthorizedOperator
        A: approve A B -1; approve A B min; approve A B 1,000,000,000,000,000,001 -> InvalidAmount
        B: from B A B 1,000,000,001 -> InsufficientBalance
        B: from B A B 1 -> InsufficientAllowance
        A: approve A B 10; approve A B 100 -> None
        C: from B A C 101; from B A A 100; from B A C 100 -> InsufficientAllowance TransferToSelf UnauthorizedOperator
        B: from B A C 0; from B A C -1; from B A C min; from B A C max -> InvalidAmount
        B: from B A C 60; from B A B 41 -> None InsufficientAllowance
        B: from B A B 40; from B A B 1 -> None InsufficientAllowance
        = A 1,000,000,000 0 999,999,900 0
        = B 1,000,000,000 0 40 0
        = C 1,000,000,000 0 60 0
        A: approve A B 5; approve A B 0; approve A B 0 -> None
        B: from B A B 1 -> InsufficientAllowance
        """);

    [Fact]
    public void Nobody_mints_but_by_a_reading() => RuleScript.Run(Village(), """
        gateway: mint nobody 1 -> UserNotFound
        gateway: mint A 1; mint A max; mint gateway 0 -> UnauthorizedMinter
        A: mint A 1 -> UnauthorizedMinter
        """);

    [Fact]
    public void Burning_takes_free_tokens_of_ones_own()
    {
        MarketFixture market = Village();
        Grid burned = market.State.Totals.Burned;
        RuleScript.Run(market, """
            A: burn nobody 1 -> UserNotFound
            B: burn A 1,000,000,001; burn A 1 -> InsufficientBalance UnauthorizedOperator
            gateway: burn A 1 -> UnauthorizedOperator
            A: burn A 0; burn A -1; burn A min; burn A max -> InvalidAmount
            A: ask A home-spot 1 999 gtc -> None
            A: burn A 1,000,001; burn A 1,000,000; burn A 1 -> InsufficientBalance None InsufficientBalance
            """);
        Assert.Equal(new Grid(1_000_000), market.State.Totals.Burned - burned);
    }

    [Fact]
    public void A_limit_counts_all_that_leaves_in_a_period_and_starts_anew_with_the_next()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, """
            A: bind nobody 1 60 0 0 -> UserNotFound
            B: bind A 1 59 0 0 -> UnauthorizedOperator
            A: bind A 1 59 0 0; bind A 1 31,622,401 0 0; bind A -1 60 0 0; bind A 1 0 0 0 -> InvalidSpendingTerms
            A: bind A 1 min 0 0; bind A 1 max 0 0; bind A max 60 0 0 -> InvalidSpendingTerms
            A: bind A 0 0 0 1; bind A 0 0 1 0; bind A 0 0 1 2,592,001; bind A 0 0 max 1 -> InvalidSpendingTerms
            A: bind A 0 0 1 min; bind A 0 0 1 max; bind A 0 0 -1 1 -> InvalidSpendingTerms
            B: bind B 0 31,622,400 1,000,000,000,000,000,000 2,592,000 -> None
            A: bind A 100 86,400 0 0; approve A B 100 -> None
            A: transfer A B 50; burn A 20; transfer A B 31 -> None None SpendingLimitExceeded
            B: from B A C 31; from B A C 30; from B A C 1 -> SpendingLimitExceeded None SpendingLimitExceeded
            A: burn A 1 -> SpendingLimitExceeded
            """);
        Advance(market, 86_400);
        RuleScript.Run(market, "A: transfer A B 101; transfer A B 100; burn A 1 "
            + "-> SpendingLimitExceeded None SpendingLimitExceeded");
    }

    [Fact]
    public void Stricter_terms_count_at_once_and_looser_ones_after_the_old_period()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, $"A: bind A 100 {Day} 0 0; bind A 50 {Day} 0 0; bind A 1,000 {Day} 0 0; burn A 51 "
            + "-> None None None SpendingLimitExceeded");
        Advance(market, 86_399);
        RuleScript.Run(market, "A: burn A 51 -> SpendingLimitExceeded");
        Advance(market, 1);
        RuleScript.Run(market, "A: burn A 51; burn A 949; burn A 1 -> None None SpendingLimitExceeded");

        RuleScript.Run(market, $"A: bind A 0 0 0 0; bind A 1,000 {Day} 0 0 -> None");
        Advance(market, 86_400);
        RuleScript.Run(market, "A: burn A 1,001 -> SpendingLimitExceeded");
    }

    [Fact]
    public void A_large_transfer_waits_and_is_released_by_the_time_of_a_block()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, """
            A: bind A 0 0 100 60; approve A B 1,000 -> None
            A: transfer A B 99; transfer A B 100 -> None
            B: from B A C 500 -> None
            = A 1,000,000,000 0 999,999,901 600
            = B 1,000,000,000 0 99 0
            """);
        Advance(market, 59);
        RuleScript.Run(market, """
            A: unlock nobody 1 -> UserNotFound
            B: unlock A 1; unlock A 9 -> UnauthorizedOperator
            A: unlock A 0; unlock A min; unlock A max; unlock A 3 -> TransferNotFound
            B: unlock B 1 -> NotTheOwner
            = A 1,000,000,000 0 999,999,901 600
            A: unlock A 2; unlock A 2 -> None TransferNotFound
            """);
        Advance(market, 1);
        RuleScript.Run(market, """
            A: unlock A 1 -> TransferNotFound
            = A 1,000,000,000 0 999,999,801 0
            = B 1,000,000,000 0 199 0
            = C 1,000,000,000 0 0 0
            """);
        Assert.Equal(0, market.State.SpendingPolicies[MarketFixture.Account("A")].LockedTransfers);
    }

    [Fact]
    public void What_waits_returns_when_its_sender_is_frozen_or_its_receiver_has_left_or_its_epoch_ends()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, """
            A: bind A 0 0 1 60; transfer A B 5; transfer A C 7 -> None
            C: bind C 0 0 1 60 -> None
            A: approve A C 11 -> None
            C: from C A C 11 -> None
            gateway: status B inactive -> None
            """);
        Advance(market, 60);
        RuleScript.Run(market, """
            gateway: status B active -> None
            = A 1,000,000,000 0 999,999,982 0
            = B 1,000,000,000 0 0 0
            = C 1,000,000,000 0 18 0
            A: transfer A B 5 -> None
            gateway: status A suspended -> None
            A: transfer A B 5 -> UserSuspended
            C: from C A B 1 -> UserSuspended
            """);
        Advance(market, 60);
        RuleScript.Run(market, """
            gateway: status A active -> None
            = B 1,000,000,000 0 0 0
            = A 1,000,000,000 0 999,999,982 0
            A: transfer A B 5 -> None
            gateway: close 0 -> None
            """);
        Assert.Equal(0, market.State.LockedTransfers.Count);
        Assert.Equal(Grid.Zero, market.State.Totals.Minted - market.State.Totals.Burned);
    }

    [Fact]
    public void An_account_has_at_most_64_transfers_waiting()
    {
        MarketFixture market = Village();
        RuleScript.Run(market, "A: bind A 0 0 2 60 -> None");
        for (int i = 0; i < Limits.MaxLockedTransfersPerAccount; i++)
        {
            Assert.Equal(LedgerError.None, market.RunOne("A", CommandText.Parse("transfer A B 2")));
        }

        RuleScript.Run(market, """
            A: transfer A B 2; transfer A B 1; burn A 2 -> TooManyPending None None
            A: unlock A 64; transfer A B 2 -> None
            """);
        Assert.Equal(65, market.State.LastTransfer.Value);
    }

    /// <summary>A has one GRID; B and C have none.</summary>
    private static MarketFixture Village()
    {
        MarketFixture market = new(["A", "B", "C"]);
        RuleScript.Run(market, "gateway: read A 0 0 1,000 -> None");
        return market;
    }

    private static void Advance(MarketFixture market, long seconds) =>
        market.Now = market.Now.Plus(Duration.FromSeconds(seconds));
}
