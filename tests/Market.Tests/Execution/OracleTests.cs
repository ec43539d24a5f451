using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Billing;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Prepaid oracle operations: docs/spec/oracle.md.</summary>
public sealed class OracleTests
{
    [Fact]
    public void Prepaying_gives_its_errors_in_order_and_holds_what_is_said_not_more() =>
        RuleScript.Run(new MarketFixture(["A", "B"]), """
            A: prepay nobody 5 -> UserNotFound
            A: prepay B 1,000,000,001 -> InsufficientBalance
            A: prepay B 5; prepay B -1 -> UnauthorizedOperator
            A: prepay A -1; prepay A 1,000,000,000,000,001; prepay A min; prepay A max -> InvalidAmount
            A: prepay A 1,000,000,000,000,000 -> InsufficientBalance
            A: prepay A 5; prepay A 5; prepay A 2 -> None
            = A 1,000,000,000 2 0 0
            A: prepay A 1,000,000,000; bid A home-spot 10,000 1 -> None InsufficientBalance
            gateway: withdraw A 1 -> InsufficientBalance
            A: prepay A 0; bid A home-spot 10,000 1 gtc -> None
            A: prepay A 999,999,991; prepay A 999,999,990 -> InsufficientBalance None
            """);

    [Fact]
    public void What_is_executed_is_paid_and_counted_and_what_is_refused_is_not()
    {
        MarketFixture market = Priced(3, 2);
        RuleScript.Run(market, """
            gateway: read A 1 0 1; close 1; tariff 1 1; correct A 0 1 1 1; deviation 1 1 -> InsufficientOracleBalance
            gateway: prepay gateway 8 -> None
            A: read A 1 0 1; tariff 1 1; close 1 -> UnauthorizedOperator
            gateway: read A 9 0 1; close 7; tariff -1 1 -> ReadingOutsideEpoch EpochNotOpen InvalidPrice
            gateway atomic: read A 1 0 1; deposit nobody 1 -> AtomicBatchFailed UserNotFound
            = gateway 100 8 0 0
            gateway: read A 1 0 1; read B 1 0 1; tariff 1 1 -> None None InsufficientOracleBalance
            = gateway 94 2 0 0
            = grid 6 0 0 0
            gateway: prepay gateway 50; tariff -1 1; tariff 1 1 -> None OracleRateExceeded OracleRateExceeded
            gateway: close 1; tariff 1 1; correct A 0 1 1 1; close 2; close 3 -> None
            = gateway 79 35 0 0
            = grid 21 0 0 0
            """);
        OracleAccount account = market.State.OracleAccounts[Account("gateway")];
        Assert.Equal(new OracleAccount(new Money(35), new Money(21), new EpochIndex(3), 0), account);
    }

    [Fact]
    public void A_fee_alone_sets_no_number_and_a_number_alone_costs_nothing()
    {
        RuleScript.Run(Priced(1, 0), """
            gateway: prepay gateway 2; tariff 1 1; tariff 1 1; tariff 1 1 -> None None None InsufficientOracleBalance
            """);
        RuleScript.Run(Priced(0, 3), """
            gateway: tariff 1 1; tariff 1 1; tariff 1 1; tariff 1 1; close 1 -> None None None OracleRateExceeded None
            = gateway 100 0 0 0
            """);
    }

    [Fact]
    public void Nothing_is_recorded_until_the_governance_sets_terms_and_terms_have_bounds()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        RuleScript.Run(market, """
            gateway: read A 0 0 1; tariff 1 1; close 0 -> None
            c1: propose oracle -1 0; propose oracle 1,000,000,001 0 -> InvalidParameter
            c1: propose oracle 0 -1; propose oracle 0 1,000,001 -> InvalidParameter
            c1: propose oracle 1,000,000,000 1,000,000 -> None
            gateway: close 1; close 2 -> None InsufficientOracleBalance
            """);
        Assert.Empty(market.State.OracleAccounts.Keys);
    }

    /// <summary>DEV-9 with oracle fees: what balances changed is what bills say.</summary>
    [Fact]
    public void Bills_show_oracle_fees_and_add_up()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        AccountId[] accounts = [.. market.State.Users.Keys];
        BillBuilder[] bills = [.. accounts.Select(account => new BillBuilder(market.State, account, default, null))];
        market.EpochObservers.AddRange(bills.Select(bill => (System.Action<EpochIndex>)bill.Close));
        RuleScript.Run(market, """
            c1: propose oracle 7 0 -> None
            gateway: deposit gateway 100; prepay gateway 100; close 0; read A 1 9 1; close 1; close 2 -> None
            """);
        Bill[] made = [.. bills.Select(bill => bill.Result!)];
        Assert.Equal(21, made.Single(bill => bill.Account == Account("gateway")).OracleFees.Micro);
        Assert.Equal(-21, made.Single(bill => bill.Account == Account("grid")).Total.Micro);
        Assert.Equal(0, made.Sum(bill => bill.Total.Micro));
        Assert.All(made, bill => Assert.Equal(bill.Account == Account("gateway") ? 100 : 0, bill.PaidIn.Micro));
    }

    /// <summary>Epoch 1 is open, operations have terms, and the gateway has 100.</summary>
    private static MarketFixture Priced(long fee, long number)
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        RuleScript.Run(market, $"""
            c1: propose oracle {fee} {number} -> None
            gateway: deposit gateway 100; close 0 -> None
            """);
        return market;
    }
}
