using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;
using Bounds = EnergyNode.Ledger.Limits;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Both sides of each bound on what adds up, so that no sequence of commands can overflow a sum.</summary>
public sealed class LimitTests
{
    private static readonly string[] Homes = [.. Enumerable.Range(0, 1_001).Select(home => $"H{home:0000}")];

    [Fact]
    public void The_token_supply_has_a_bound_and_so_has_what_is_minted_since_genesis()
    {
        MarketFixture market = Large(retail: 0);
        for (long epoch = 0; epoch < 9; epoch++)
        {
            Command[] readings = [.. Homes.Select(home => Read(market, home, 0, Bounds.MaxEnergyWh))];
            IReadOnlyList<Receipt> receipts = market.Run("gateway", readings);
            Assert.All(receipts.Take(1_000), receipt => Assert.Equal(LedgerError.None, receipt.Error));
            Assert.Equal(LedgerError.AmountOverflow, receipts[1_000].Error);
            Assert.Equal(LedgerError.None, market.RunOne("gateway", Close(epoch)));
        }

        Assert.Equal(Bounds.MaxTotal, market.State.Totals.Minted.Units);
        Assert.Equal(LedgerError.AmountOverflow, market.RunOne("gateway", Read(market, Homes[0], 0, 1)));
        Assert.Equal(LedgerError.None, market.RunOne("gateway", Read(market, Homes[0], 1, 0)));
    }

    [Fact]
    public void What_is_consumed_since_genesis_has_a_bound()
    {
        MarketFixture market = Large(retail: 0);
        for (long epoch = 0; epoch < 9; epoch++)
        {
            Command[] readings = [.. Homes.Take(1_000).Select(home => Read(market, home, Bounds.MaxEnergyWh, 0))];
            Assert.All(market.Run("gateway", readings), receipt => Assert.Equal(LedgerError.None, receipt.Error));
            Assert.Equal(LedgerError.None, market.RunOne("gateway", Close(epoch)));
        }

        Assert.Equal(Bounds.MaxTotal, market.State.Totals.BoughtFromUtility.Units);
        Assert.Equal(LedgerError.AmountOverflow, market.RunOne("gateway", Read(market, Homes[0], 1, 0)));
        Assert.Equal(LedgerError.None, market.RunOne("gateway", Read(market, Homes[0], 0, 1)));
        Assert.Equal(LedgerError.None, market.RunOne("gateway", Close(9)));
    }

    [Fact]
    public void No_balance_passes_its_bound_and_statements_say_what_was_moved()
    {
        MarketFixture market = Large(Bounds.MaxPriceMicroPerKwh);
        Command[] readings = [.. Homes.Select(home => Read(market, home, Bounds.MaxEnergyWh, 0))];
        market.Run("gateway", [.. readings, Close(0)]);

        Assert.Equal(Bounds.MaxBalance, market.BalanceOf("utility").Money.Micro);
        Assert.Equal(new Money(1_000_000_000_000_000), market.State.Statements[Account(Homes[998])].PaidToUtility);
        Assert.Equal(new Money(999_990_000_000_000), market.State.Statements[Account(Homes[999])].PaidToUtility);
        Assert.Equal(Money.Zero, market.State.Statements[Account(Homes[1_000])].PaidToUtility);
        Assert.Equal(LedgerError.AmountOverflow, market.RunOne("gateway", Deposit("utility", 1)));

        Command[] withdrawals = [.. Enumerable.Repeat(Withdraw("utility", Bounds.MaxMoneyMicro), 1_000)];
        Assert.All(market.Run("gateway", withdrawals), receipt => Assert.Equal(LedgerError.None, receipt.Error));
        Assert.Equal(Bounds.MaxBalance, market.State.Totals.Withdrawn.Micro);
        Assert.Equal(LedgerError.InsufficientBalance, market.RunOne("gateway", Withdraw("utility", 1)));

        market.Run("gateway", Read(market, Homes[0], Bounds.MaxEnergyWh, 0), Close(1));
        Assert.Equal(Bounds.MaxMoneyMicro, market.BalanceOf("utility").Money.Micro);
        Assert.Equal(LedgerError.AmountOverflow, market.RunOne("gateway", Withdraw("utility", 1)));
    }

    [Fact]
    public void An_account_owes_no_more_than_the_bound()
    {
        MarketFixture market = Large(Bounds.MaxPriceMicroPerKwh);
        for (long epoch = 0; epoch <= 1_001; epoch++)
        {
            market.Run("gateway", Read(market, Homes[0], Bounds.MaxEnergyWh, 0), Close(epoch));
            if (epoch == 500)
            {
                market.Run("gateway", [.. Enumerable.Repeat(Withdraw("utility", Bounds.MaxMoneyMicro), 500)]);
            }
        }

        Assert.Equal(-Bounds.MaxBalance, market.BalanceOf(Homes[0]).Money.Micro);
        Assert.Equal(new Money(Bounds.MaxBalance + 1_000_000_000), market.State.Statements[Account(Homes[0])].Bill);
    }

    [Fact]
    public void All_deposits_together_have_a_bound()
    {
        MarketFixture market = new(["A"]);
        long rest = Bounds.MaxBalance - market.State.Totals.Deposited.Micro;
        Command[] deposits = [.. Enumerable.Repeat(Deposit("A", Bounds.MaxMoneyMicro), 999)];
        market.Run("gateway", deposits);
        rest -= 999 * Bounds.MaxMoneyMicro;

        Assert.Equal(LedgerError.AmountOverflow, market.RunOne("gateway", Deposit("A", rest + 1)));
        Assert.Equal(LedgerError.None, market.RunOne("gateway", Deposit("A", rest)));
        Assert.Equal(LedgerError.AmountOverflow, market.RunOne("gateway", Deposit("A", 1)));
    }

    [Fact]
    public void An_account_has_a_bound_of_open_orders()
    {
        MarketFixture market = new(["A", "B"]);
        Command bid = Bid("A", 0, 1, TimeInForce.GoodTillCancelled);
        for (int placed = 0; placed < Bounds.MaxOpenOrdersPerAccount; placed += 1_000)
        {
            market.Run("A", [.. Enumerable.Repeat(bid, 1_000)]);
        }

        Assert.Equal(LedgerError.TooManyOrders, market.RunOne("A", bid));
        Assert.Equal(LedgerError.None, market.RunOne("B", Bid("B", 0, 1)));
        Assert.Equal(LedgerError.None, market.RunOne("A", new Command.CancelOrder(Account("A"), new OrderId(1))));
        Assert.Equal(LedgerError.None, market.RunOne("A", bid));
        Assert.Equal(LedgerError.TooManyOrders, market.RunOne("A", bid));
    }

    [Fact]
    public void A_book_has_a_bound_of_resting_orders()
    {
        MarketFixture market = new(["A"]);
        market.State.Books.Set(Book, BookLimits.MaxRestingOrders - 1);
        Assert.Equal(LedgerError.None, market.RunOne("A", Bid("A", 0, 1)));
        Assert.Equal(LedgerError.TooManyOrders, market.RunOne("A", Bid("A", 0, 1)));
    }

    [Fact]
    public void The_dearest_order_costs_what_one_account_may_have_and_trades()
    {
        MarketFixture market = new(["A", "B"], ratingW: Bounds.MaxRatingW, change: Extreme(Bounds.MaxPriceMicroPerKwh));
        market.Run("gateway", Deposit("B", Bounds.MaxMoneyMicro - 1_000_000_000));
        IReadOnlyList<Receipt> receipts = market.Run(
            "gateway",
            Read(market, "A", 0, Bounds.MaxEnergyWh),
            Ask("A", 0, Bounds.MaxEnergyWh),
            Bid("B", Bounds.MaxPriceMicroPerKwh, Bounds.MaxEnergyWh),
            Bid("B", 1_000, 1),
            Close(0));

        LedgerError[] errors = [.. receipts.Select(receipt => receipt.Error)];
        Assert.Equal(
            [LedgerError.None, LedgerError.None, LedgerError.None, LedgerError.InsufficientBalance, LedgerError.None],
            errors);
        Assert.Equal(new WattHours(Bounds.MaxEnergyWh), market.State.Totals.Traded);
    }

    [Fact]
    public void The_number_of_epochs_has_a_bound()
    {
        MarketFixture market = new(["A"]);
        market.State.Totals = market.State.Totals with { OpenEpoch = new EpochIndex(Bounds.MaxEpochs - 1) };
        Assert.Equal(LedgerError.None, market.RunOne("gateway", Close(Bounds.MaxEpochs - 1)));
        Assert.Equal(LedgerError.AmountOverflow, market.RunOne("gateway", Close(Bounds.MaxEpochs)));
        Assert.Equal(LedgerError.AmountOverflow, market.RunOne("gateway", Close(0)));
    }

    private static MarketFixture Large(long retail) =>
        new(Homes, ratingW: Bounds.MaxRatingW, change: Extreme(retail));

    /// <summary>Epochs so long that one interval can carry the largest reading.</summary>
    private static Func<GenesisBlock, GenesisBlock> Extreme(long retail) => genesis => genesis with
    {
        Market = genesis.Market with
        {
            EpochLength = new Duration(Bounds.MaxEpochMicros),
            Retail = new Price(retail),
        },
    };

    private static Command Read(MarketFixture market, string home, long consumption, long generation) =>
        new Command.SubmitReading(MeterReading.Sign(
            Chain,
            MeterId.Parse(home),
            market.State.OpenEpochStart,
            new WattHours(consumption),
            new WattHours(generation),
            new KeyedSigner("meter-" + home)));

    private static Command Deposit(string account, long micro) =>
        new Command.Deposit(Account(account), new Money(micro));

    private static Command Withdraw(string account, long micro) =>
        new Command.Withdraw(Account(account), new Money(micro));
}
