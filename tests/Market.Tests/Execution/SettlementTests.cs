using System.Linq;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Holds, trades and the close, to the last unit.</summary>
public sealed class SettlementTests
{
    [Fact]
    public void Holds_are_rounded_up_and_what_a_trade_leaves_of_them_is_released() =>
        RuleScript.Run(new MarketFixture(["A", "B"]), """
            gateway: read A 0 0 1,000; read B 0 999 0 -> None
            B: bid B home-spot 60,001 333 gtc; bid B home-spot 60,001 1 gtc -> None
            = B 1,000,000,000 20,042 0 0
            A: ask A home-spot 0 100 -> None
            = A 1,000,000,000 0 1,000,000,000 100,000,000
            # price (50001 + 0) / 2 = 25000: 100 Wh cost 2500, the fee is 1000, 233 Wh still hold 13981
            gateway: close 0 -> None
            = B 999,798,720 14,042 0 0
            = grid 1,000 0 0 0
            = A 1,000,047,500 0 0 0
            B: cancel B 1; cancel B 2 -> None
            = B 999,798,720 0 0 0
            """);

    [Fact]
    public void Money_and_fee_of_a_trade_are_floored_once_each() => RuleScript.Run(new MarketFixture(["A", "B"]), """
        gateway: read A 0 0 1; read B 0 1 0 -> None
        B: bid B home-spot 11,999 1 -> None
        = B 1,000,000,000 12 0 0
        A: ask A home-spot 1,998 1 -> None
        # bid at 1999, ask at 1998: price 1998 for 1 Wh is 1.998 and becomes 1; the fee is 10
        gateway: close 0 -> None
        = A 1,000,000,001 0 0 0
        = B 999,999,989 0 0 0
        = grid 10 0 0 0
        """);

    [Fact]
    public void A_close_ends_a_segment_and_frees_funds_for_the_next() => RuleScript.Run(new MarketFixture(["A"]), """
        A: bid A home-spot 1,000,000,000 1,000 gtc -> None
        gateway: cancel A 1; bid A home-spot 9 9; close 0; bid A home-spot 9 9 -> None InsufficientBalance None None
        """);

    [Fact]
    public void A_bid_rests_over_epochs_until_it_is_filled()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            B: bid B home-spot 60,000 100 gtc -> None
            gateway: close 0; close 1 -> None
            = B 1,000,000,000 6,000 0 0
            gateway: read A 2 0 40; ask A home-spot 0 40; close 2 -> None
            = B 1,000,000,600 3,600 0 0
            gateway: read A 3 0 60; ask A home-spot 0 60; close 3 -> None
            = B 1,000,001,500 0 0 0
            B: cancel B 1 -> OrderNotFound
            """);
        Statement buyer = market.State.Statements[Account("B")];
        Assert.Equal((100, 100_000_000), (buyer.BoughtLocally.Wh, buyer.SoldToUtility.Units));
    }

    [Fact]
    public void Fractions_of_a_watt_hour_settle_exactly()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway: read A 0 0 10; read B 0 3 0 -> None
            A: transfer A B 1,234,567 -> None
            gateway: close 0 -> None
            # B: 3 Wh import, 1.234567 covered, 1.765433 at 220000 = 388.39
            = B 999,999,612 0 0 0
            # A: 8.765433 Wh at 50000 = 438.27
            = A 1,000,000,438 0 0 0
            """);
        Assert.Equal(1_765_433, market.State.Totals.BoughtFromUtility.Units);
        Assert.Equal(8_765_433, market.State.Totals.SoldToUtility.Units);
        Assert.Equal(market.State.Totals.Minted, market.State.Totals.Burned);
    }

    [Fact]
    public void An_account_below_zero_cannot_bid_but_its_standing_bid_is_honoured()
    {
        MarketFixture market = new(["A", "B"], ratingW: 1_000_000_000);
        RuleScript.Run(market, """
            B: bid B home-spot 60,000 10 gtc -> None
            gateway: read B 0 100,000,000 0; close 0 -> None
            = B -21,000,000,000 600 0 0
            B: bid B home-spot 0 1 -> InsufficientBalance
            B: bid B home-spot 1 1 -> InsufficientBalance
            gateway: withdraw B 1 -> InsufficientBalance
            gateway: read A 1 0 10; ask A home-spot 0 10; close 1 -> None
            = B -20,999,999,850 0 0 0
            """);
    }

    [Fact]
    public void The_grid_operator_pays_itself_no_fee_and_the_utility_no_tariff()
    {
        MarketFixture market = new(["A"]);
        RuleScript.Run(market, """
            gateway: read A 0 0 100; deposit grid 1,000,000 -> None
            grid: bid grid home-spot 50,000 50 -> None
            utility: bid utility home-spot 50,000 50 -> None
            A: ask A home-spot 30,000 100 -> None
            gateway: close 0 -> None
            # (40000 + 30000) / 2 = 35000; the grid operator sells its 50 Wh on to the utility at 50000
            = grid 1,001,250 0 0 0
            = A 1,000,003,500 0 0 0
            = utility 9,999,995,250 0 0 0
            """);
        Statement grid = market.State.Statements[Account("grid")];
        Assert.Equal((Money.Zero, new Money(-750)), (grid.GridFees, grid.Bill));
        Assert.Equal(new Money(500), market.State.Totals.GridFees);
    }

    [Fact]
    public void One_who_trades_with_himself_pays_the_fee_only()
    {
        MarketFixture market = new(["A"]);
        RuleScript.Run(market, """
            gateway: read A 0 0 100 -> None
            A: ask A home-spot 0 100; bid A home-spot 60,000 100; close 0 -> None None UnauthorizedOperator
            gateway: close 0 -> None
            = A 1,000,004,000 0 0 0
            """);
        Assert.Equal(new Money(-4_000), market.State.Statements[Account("A")].Bill);
    }

    [Fact]
    public void A_home_with_two_meters_settles_their_sum()
    {
        MarketFixture market = new(["A"]);
        RuleScript.Run(market, """
            gateway: meter M A -> None
            gateway: read A 0 100 0; read M 0 0 40; close 0 -> None
            = A 999,986,800 0 0 0
            """);
        Statement statement = market.State.Statements[Account("A")];
        Assert.Equal((60_000_000, 0), (statement.BoughtFromUtility.Units, statement.SoldToUtility.Units));
        Assert.Equal(new Money(20_000), statement.WithoutMarket);
    }

    [Fact]
    public void An_ask_of_any_kind_ends_with_the_epoch_and_books_stay_apart()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway: read A 0 0 100; read B 0 80 0 -> None
            A: ask A home-spot 10,000 50 gtc; ask A other-spot 10,000 50 gtc -> None
            B: bid B other-spot 30,000 80 gtc -> None
            gateway: close 0 -> None
            B: cancel B 3 -> None
            A: cancel A 1; cancel A 2 -> OrderNotFound
            """);
        Assert.Equal(0, market.State.Orders.Count);
        Assert.Null(market.State.EpochResults[new BookEpoch(Book, new EpochIndex(0))].Price);
        EpochResult other = market.State.EpochResults[new BookEpoch(BookId.Parse("other-spot"), new EpochIndex(0))];
        Assert.Equal((new Price(15_000), 50, 1, 2), (other.Price, other.Volume.Wh, other.Trades, other.Orders));
        Assert.Equal(0, market.State.Totals.EpochsWithoutTrade);
        Assert.All(market.State.Balances.Keys, account => Assert.Equal(default, market.State.Balances[account].Tokens));
        Assert.Equal([0, 0], market.State.Books.Keys.Select(book => market.State.Books[book]));
    }
}
