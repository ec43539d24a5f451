using System.Linq;
using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Each kind of order on the ledger, in a continuous book: receipts, trades, holds to the unit.</summary>
public sealed class OrderTermsTests
{
    [Fact]
    public void A_bid_takes_resting_asks_at_their_prices_and_what_is_left_of_the_hold_is_free() =>
        Run("""
        A: ask A home-spot 40,000 100 gtc; ask A home-spot 50,000 100 gtc -> None
        B: bid B home-spot 60,000 150 -> None
        # 4,000 and 2,500 for the energy, 1,000 and 500 of fee
        = B 999,992,000 0 150,000,000 0
        = A 1,000,006,500 0 850,000,000 50,000,000
        = grid 1,500 0 0 0
        """);

    [Fact]
    public void Fill_or_kill_and_a_minimum_trade_enough_at_once_or_nothing() =>
        Run("""
        A: ask A home-spot 40,000 100 gtc -> None
        B: bid B home-spot 60,000 101 fok; bid B home-spot 60,000 200 gtc atleast 101 -> None
        = B 1,000,000,000 0 0 0
        B: bid B home-spot 60,000 50 fok; bid B home-spot 60,000 100 gtc atleast 50 -> None
        = B 999,995,000 3,000 100,000,000 0
        """);

    [Fact]
    public void A_market_order_holds_the_books_cap_and_gets_the_rest_back() =>
        Run("""
        A: ask A home-spot 40,000 100 gtc -> None
        # the cap is 200,000: 5,000,000 Wh would hold 1,000,000,000
        B: bid B home-spot market 5,000,001 -> InsufficientBalance
        B: bid B home-spot market 5,000,000 gtc -> InvalidOrderTerms
        B: bid B home-spot market 5,000,000 -> None
        = B 999,995,000 0 100,000,000 0
        B: bid B home-spot 10,000 50 gtc -> None
        A: ask A home-spot market 50 fok -> None
        # 10,000 all-in is 0 in the book
        = A 1,000,004,000 0 850,000,000 0
        """);

    [Fact]
    public void A_post_only_order_that_would_trade_is_refused_after_the_book_has_seen_it_and_holds_nothing() =>
        Run("""
        A: ask A home-spot 40,000 100 gtc -> None
        B: bid B home-spot 50,000 10 gtc post; bid B home-spot 40,000 10 gtc post -> WouldTrade None
        = B 1,000,000,000 400 0 0
        B atomic: bid B home-spot 40,000 10 gtc post -> NotInAtomicBatch
        B: bid B home-spot 40,000 10 post -> InvalidOrderTerms
        B: bid B other-spot 40,000 10 gtc post -> InvalidOrderTerms
        # number 2 was refused; number 3 rests
        B: cancel B 2 -> OrderNotFound
        B: cancel B 3 -> None
        = B 1,000,000,000 0 0 0
        """);

    [Theory]
    [InlineData("maker", 3, 1)]
    [InlineData("taker", 1, 0)]
    [InlineData("both", null, 0)]
    public void Self_trade_prevention_knows_the_accounts(string mode, int? left, long trades)
    {
        MarketFixture market = Continuous();
        RuleScript.Run(market, $"""
            A: ask A home-spot 30,000 10 gtc -> None
            C: ask C home-spot 40,000 10 gtc -> None
            A: bid A home-spot 60,000 20 gtc {mode} -> None
            """);
        long[] own = [.. market.State.Orders.Keys.Where(id => market.State.Orders[id].Owner == Account("A"))
            .Select(id => id.Value)];
        Assert.Equal(left is { } id ? [id] : [], own);
        Assert.Equal(trades, market.State.Totals.Trades);
    }

    [Fact]
    public void A_replacement_keeps_its_place_only_on_pure_reduction() =>
        Run("""
        A: ask A home-spot 40,000 100 gtc -> None
        C: ask C home-spot 40,000 100 gtc -> None
        A: replace A 1 40,000 60 -> None
        B: bid B home-spot 60,000 60 -> None
        = A 1,000,002,400 0 940,000,000 0
        C: replace C 2 40,000 101 -> None
        A: ask A home-spot 40,000 50 gtc -> None
        C: replace C 2 40,000 102 -> None
        B: bid B home-spot 60,000 50 -> None
        = A 1,000,004,400 0 890,000,000 0
        """);

    [Fact]
    public void What_an_order_trades_before_its_change_arrives_counts_against_the_change() =>
        Run("""
        A: ask A home-spot 40,000 100 gtc -> None
        gateway: bid B home-spot 60,000 30; replace A 1 45,000 50 -> None
        = A 1,000,001,200 0 970,000,000 20,000,000
        gateway: bid B home-spot 60,000 20; replace A 1 45,000 50 -> None OrderAlreadyFilled
        = A 1,000,002,100 0 950,000,000 0
        A: ask A home-spot 40,000 100 gtc -> None
        gateway: bid B home-spot 60,000 30; replace A 6 45,000 20 -> None
        = A 1,000,003,300 0 920,000,000 0
        A: ask A home-spot 40,000 10 gtc -> None
        A: replace A 9 41,000 10; replace A 9 42,000 10; cancel A 9 -> None OrderBeingReplaced None
        A atomic: cancel A 1 -> OrderNotFound
        A: ask A home-spot 40,000 10 gtc -> None
        A atomic: cancel A 11 -> NotInAtomicBatch
        A atomic: replace A 11 41,000 9 -> NotInAtomicBatch
        """);

    [Fact]
    public void A_replacement_of_a_bid_holds_enough_whatever_trades_before_it() =>
        Run("""
        B: bid B home-spot 100,000 10,000 gtc -> None
        = B 1,000,000,000 1,000,000 0 0
        gateway: ask A home-spot 90,000 4,000; replace B 1 100,001 10,000 -> None
        # 6,000 Wh at 100,001, rounded up
        = B 999,600,000 600,006 4,000,000,000 0
        B: replace B 1 100,001 9,999,999 -> InsufficientBalance
        B: replace B 1 10,000 1 -> None
        = B 999,600,000 10 4,000,000,000 0
        """, tokens: 10_000);

    [Fact]
    public void Cancel_all_ends_the_orders_of_one_account_in_one_book_or_all()
    {
        MarketFixture market = Continuous();
        RuleScript.Run(market, """
            A: ask A home-spot 40,000 10 gtc; ask A other-spot 40,000 10 gtc; bid A home-spot 20,000 1 gtc -> None
            C: ask C home-spot 40,000 10 gtc -> None
            A: cancelall A nowhere -> BookNotFound
            B: cancelall A -> UnauthorizedOperator
            A atomic: cancelall A -> NotInAtomicBatch
            """);
        Receipt[] receipts = [.. market.Run(
            "gateway",
            CommandText.Parse("cancelall A home-spot"),
            CommandText.Parse("cancelall A"),
            CommandText.Parse("cancelall A"))];
        Assert.Equal([2, 1, 0], receipts.Select(receipt => receipt.Value));
        Assert.Equal([4], market.State.Orders.Keys.Select(id => id.Value));
        Assert.Equal((Money.Zero, Grid.Zero), (market.BalanceOf("A").MoneyHeld, market.BalanceOf("A").TokensHeld));
    }

    [Fact]
    public void An_order_good_till_a_time_ends_with_the_first_block_that_is_not_before_it()
    {
        MarketFixture market = Continuous();
        long until = market.Now.Micros + 10;
        RuleScript.Run(market, $"""
            B: bid B home-spot 20,000 1,000 until {until}; bid B other-spot 20,000 1,000 until {until + 5} -> None
            B: bid B home-spot 20,000 1 until {market.Now.Micros} -> InvalidOrderTerms
            """);
        foreach ((long later, long held) in new[] { (9L, 40_000L), (10L, 20_000L), (14L, 20_000L), (15L, 0L) })
        {
            market.Now = new Instant(until - 10 + later);
            market.Execute();
            Assert.Equal(held, market.BalanceOf("B").MoneyHeld.Micro);
        }

        Assert.Equal(0, market.State.BookExpiries.Count);
    }

    [Fact]
    public void An_order_good_till_the_epoch_ends_with_its_close_and_others_stay()
    {
        MarketFixture market = Continuous();
        RuleScript.Run(market, """
            B: bid B home-spot 20,000 1,000 gte; bid B home-spot 30,000 1,000 gtc -> None
            B: bid B other-spot 9,000 1 gte -> None
            gateway: close 0 -> None
            = B 1,000,000,000 30,000 0 0
            """);
        Assert.Equal([2], market.State.Orders.Keys.Select(id => id.Value));
    }

    /// <summary>Homes A and C with 1,000 Wh (or more) to sell, a continuous book and a call auction.</summary>
    internal static MarketFixture Continuous(long tokens = 1_000, BookParameters? parameters = null)
    {
        MarketFixture market = new(["A", "B", "C"], change: genesis => genesis with
        {
            Books =
            [
                new GenesisBook(Book, parameters ?? BookParameters.Default with
                {
                    Mechanism = BookMechanism.Continuous,
                    Cap = new Price(200_000),
                }),
                genesis.Books[1],
            ],
        }, ratingW: 1_000_000);
        foreach (string home in (string[])["A", "C"])
        {
            Assert.Equal(LedgerError.None, market.RunOne("gateway", Reading(home, 0, 0, tokens)));
        }

        return market;
    }

    private static void Run(string script, long tokens = 1_000) => RuleScript.Run(Continuous(tokens), script);
}
