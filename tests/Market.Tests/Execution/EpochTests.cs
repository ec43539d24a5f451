using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

public sealed class EpochTests
{
    [Fact]
    public void A_surplus_home_sells_to_a_deficit_home_at_the_midpoint_and_the_rest_goes_to_the_utility()
    {
        MarketFixture market = new(["A", "B"]);

        IReadOnlyList<Receipt> receipts = market.Run(
            "gateway",
            Reading("A", 0, 100, 1_100),
            Reading("B", 0, 600, 0),
            Bid("B", 220_000, 600),
            Ask("A", 50_000, 1_000),
            Close(0));

        Assert.All(receipts, receipt => Assert.Equal(LedgerError.None, receipt.Error));
        EpochResult result = market.State.EpochResults[new BookEpoch(Book, new EpochIndex(0))];
        Assert.Equal(new Price(130_000), result.Price);
        Assert.Equal(new WattHours(600), result.Volume);
        Statement seller = market.State.Statements[Account("A")];
        Assert.Equal(new Money(78_000), seller.EarnedLocally);
        Assert.Equal(new Grid(400_000_000), seller.SoldToUtility);
        Assert.Equal(new Money(20_000), seller.EarnedFromUtility);
        Statement buyer = market.State.Statements[Account("B")];
        Assert.Equal(new Money(78_000 + 6_000), buyer.Bill);
        Assert.Equal(new Money(132_000), buyer.WithoutMarket);
        Assert.Equal(Grid.Zero, market.State.Totals.Minted - market.State.Totals.Burned);
        Assert.Equal(0, market.State.Orders.Count);
        Assert.Equal(Money.Zero, market.BalanceOf("B").MoneyHeld);
    }

    [Fact]
    public void Import_that_nothing_covers_is_charged_at_the_retail_tariff_and_may_leave_a_debt()
    {
        MarketFixture market = new(["A"], ratingW: 1_000_000_000);

        market.Run("gateway", Reading("A", 0, 10_000_000, 0), Close(0));

        Assert.Equal(new Money(1_000_000_000L - 2_200_000_000L), market.BalanceOf("A").Money);
        Assert.Equal(LedgerError.InsufficientBalance, market.RunOne("A", Bid("A", 0, 1)));
    }

    [Fact]
    public void An_unfilled_bid_rests_into_the_next_epoch_but_an_ask_ends_with_its_tokens()
    {
        MarketFixture market = new(["A", "B"]);

        market.Run(
            "gateway",
            Reading("A", 0, 0, 500),
            Bid("B", 60_000, 700, TimeInForce.GoodTillCancelled),
            Bid("B", 30_000, 10, TimeInForce.ImmediateOrCancel),
            Ask("A", 90_000, 500, TimeInForce.GoodTillCancelled),
            Close(0));

        OrderId only = Assert.Single(market.State.Orders.Keys);
        Assert.Equal(Side.Buy, market.State.Orders[only].Side);
        Assert.Equal(new Money(42_000), market.BalanceOf("B").MoneyHeld);

        market.Run("gateway", Reading("A", 1, 0, 500), Ask("A", 50_000, 500), Close(1));

        Assert.Equal(new WattHours(200), market.State.Orders[only].Remaining);
        Assert.Equal(new Money(12_000), market.BalanceOf("B").MoneyHeld);
        Assert.Equal(new Grid(500_000_000), market.State.Statements[Account("B")].SoldToUtility);
        Assert.Equal(LedgerError.None, market.RunOne("B", new Command.CancelOrder(Account("B"), only)));
        Assert.Equal(Money.Zero, market.BalanceOf("B").MoneyHeld);
    }

    [Fact]
    public void Under_the_block_clock_the_first_block_after_end_and_grace_closes_the_epoch()
    {
        MarketFixture market = new(["A"], MarketClock.Block, grace: Duration.FromSeconds(60));
        market.Now = FirstEpoch.Plus(Duration.FromSeconds(959));
        market.Execute();
        Assert.Equal(new EpochIndex(0), market.State.Totals.OpenEpoch);

        market.Now = FirstEpoch.Plus(Duration.FromSeconds(960));
        market.Execute();

        Assert.Equal(new EpochIndex(1), market.State.Totals.OpenEpoch);
        Assert.Equal(LedgerError.EpochClosedByClock, market.RunOne("gateway", Close(1)));
    }

    [Fact]
    public void A_block_closes_at_most_its_limit_of_due_epochs()
    {
        MarketFixture market = new(["A"], MarketClock.Block);
        market.Now = FirstEpoch.Plus(Duration.FromSeconds(900L * (Limits.MaxEpochClosesPerBlock + 5)));
        market.Execute();
        Assert.Equal(Limits.MaxEpochClosesPerBlock, market.State.Totals.OpenEpoch.Value);
        market.Execute();
        Assert.Equal(Limits.MaxEpochClosesPerBlock + 5, market.State.Totals.OpenEpoch.Value);
    }

    [Fact]
    public void The_order_in_which_the_books_are_run_does_not_change_the_state()
    {
        Hash32[] roots = [.. new[] { false, true }.Select(reverse =>
        {
            MarketFixture market = new(["A", "B"], reverseBooks: reverse);
            BookId other = BookId.Parse("other-spot");
            Command ask = new Command.PlaceOrder(
                Account("A"), other, Side.Sell, TimeInForce.ImmediateOrCancel, new Price(40_000), new WattHours(300));
            Command bid = new Command.PlaceOrder(
                Account("B"), other, Side.Buy, TimeInForce.ImmediateOrCancel, new Price(90_000), new WattHours(300));
            return market.Execute(market.Sign(
                "gateway",
                BatchFlags.None,
                Reading("A", 0, 0, 900),
                Reading("B", 0, 800, 0),
                Ask("A", 50_000, 600),
                ask,
                Bid("B", 100_000, 500),
                bid,
                Close(0))).StateRoot;
        })];
        Assert.Equal(roots[0], roots[1]);
    }

    [Fact]
    public void A_silent_meter_settles_as_zero()
    {
        MarketFixture market = new(["A", "B"]);
        market.Run("gateway", Reading("A", 0, 100, 0), Reading("B", 0, 100, 0), Close(0));
        market.Run("gateway", Reading("A", 1, 100, 0), Close(1));
        Assert.Equal(new Grid(200_000_000), market.State.Statements[Account("A")].BoughtFromUtility);
        Assert.Equal(new Grid(100_000_000), market.State.Statements[Account("B")].BoughtFromUtility);
    }
}
