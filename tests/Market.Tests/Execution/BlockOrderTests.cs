using System.Linq;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Orders over several delivery epochs: all or none, at once, at a limit that is an average.</summary>
public sealed class BlockOrderTests
{
    private const string Offers = """
        gateway: ask B f2 30,000 100 gtc; ask B f3 90,000 100 gtc -> None
        = B 1,000,000,000 32,000 0 0
        """;

    [Fact]
    public void The_limit_is_the_average_over_the_epochs_to_the_micro_unit() => RuleScript.Run(Market(), Offers + """

        # (30,000 + 90,000) / 2 and the grid fee of 10,000
        gateway: block A buy local grid 2 2 69,999 100 -> BlockNotFilled
        = A 1,000,000,000 0 0 0
        gateway: block A buy local grid 2 2 70,000 100 -> None
        # 3,000 + 9,000 + 2 × 1,000 will be due; the seller's collateral stays
        = A 1,000,000,000 14,000 0 0
        = B 1,000,000,000 32,000 0 0
        """);

    [Fact]
    public void A_seller_s_limit_is_an_average_too_and_each_part_holds_for_its_own_price() =>
        RuleScript.Run(Market(), """
            # at 70,000, 60,000 and 20,000 in the book
            gateway: bid B f2 80,000 60 gtc; bid B f2 70,000 40 gtc; bid C f3 30,000 100 gtc -> None
            # 60 × 70,000 + 40 × 60,000 + 100 × 20,000 over 200 Wh
            gateway: block A sell local grid 2 2 43,001 100 -> BlockNotFilled
            = A 1,000,000,000 0 0 0
            gateway: block A sell local grid 2 2 43,000 100 -> None
            # 220,000 - 60,000 and 220,000 - 20,000 for 100 Wh each
            = A 1,000,000,000 36,000 0 0
            = B 1,000,000,000 7,600 0 0
            = C 1,000,000,000 3,000 0 0
            """);

    [Fact]
    public void When_one_epoch_lacks_one_lot_nothing_trades_and_nothing_is_held()
    {
        MarketFixture market = Market();
        RuleScript.Run(market, """
            gateway: ask B f2 30,000 100 gtc; ask B f3 30,000 100 gtc; ask B f4 30,000 90 gtc -> None
            gateway: block A buy local grid 2 3 300,000 100 -> BlockNotFilled
            = A 1,000,000,000 0 0 0
            """);
        Assert.Equal(3, market.State.Totals.Orders);
        Assert.Equal(0, market.State.Totals.Trades);
        Assert.Equal(3, market.State.Orders.Count);
        RuleScript.Run(market, """
            gateway: ask C f4 30,000 10 gtc; block A buy local grid 2 3 40,000 100 -> None
            = A 1,000,000,000 12,000 0 0
            """);
        Assert.Equal(4, market.State.Totals.Trades);
        Assert.Equal(0, market.State.Orders.Count);
        Assert.Equal([2L, 3, 4, 4], market.State.Positions.Keys.Select(key => key.Delivery.Value));
    }

    [Fact]
    public void The_receipt_has_the_number_of_the_first_part_and_a_refused_block_takes_none()
    {
        MarketFixture market = Market();
        RuleScript.Run(market, Offers + """

            gateway: block A buy local grid 2 2 1 100 -> BlockNotFilled
            """);
        Receipt[] receipts = [.. market.Run(
            "gateway",
            CommandText.Parse("block A buy local grid 2 2 70,000 50"),
            CommandText.Parse("block A buy local grid 2 2 70,000 50"),
            CommandText.Parse("bid A f2 1 10 gtc"))];
        Assert.Equal([3L, 5, 7], receipts.Select(receipt => receipt.Value));
        Assert.Equal([LedgerError.None], receipts.Select(receipt => receipt.Error).Distinct());
    }

    [Fact]
    public void A_block_sees_the_orders_before_it_in_its_batch_and_no_order_after_it() => RuleScript.Run(Market(), """
        gateway: ask B f2 9 9 gtc; block A buy local grid 2 2 50,000 9; ask B f3 9 9 gtc -> None BlockNotFilled None
        gateway: cancel B 1; block A buy local grid 2 2 50,000 9 -> None BlockNotFilled
        gateway: ask B f2 30,000 9 gtc; block A buy local grid 2 2 50,000 9; cancel B 3 -> None None OrderNotFound
        """);

    [Fact]
    public void Own_orders_are_neither_traded_with_nor_withdrawn() => RuleScript.Run(Market(), """
        gateway: ask A f2 20,000 10 gtc; ask B f2 30,000 100 gtc; ask B f3 30,000 100 gtc -> None
        gateway: block A buy local grid 2 2 50,000 100 -> BlockNotFilled
        gateway: cancel A 1 -> None
        gateway: ask A f2 30,000 10 gtc; block A buy local grid 2 2 50,000 100; cancel A 4 -> None
        """);

    [Fact]
    public void Prices_of_both_signs_are_averaged_and_what_is_due_at_delivery_is_held() => RuleScript.Run(Market(), """
        gateway: ask B f2 -40,000 100 gtc; ask B f3 20,000 100 gtc -> None
        gateway: block A buy local grid 2 2 -1 100 -> BlockNotFilled
        gateway: block A buy local grid 2 2 0 100 -> None
        # nothing but the fee for what costs -40,000; 2,000 and the fee for the other
        = A 1,000,000,000 4,000 0 0
        """);

    [Fact]
    public void The_worst_price_of_each_epoch_must_be_free_for_a_moment() => RuleScript.Run(Market(), """
        gateway: ask B f2 30,000 50 gtc; ask B f2 90,000 50 gtc; ask B f3 30,000 100 gtc -> None
        gateway: withdraw A 999,986,001 -> None
        # 100 × 100,000 and 100 × 40,000 to hold
        gateway: block A buy local grid 2 2 300,000 100 -> InsufficientBalance
        = A 13,999 0 0 0
        gateway: deposit A 1; block A buy local grid 2 2 300,000 100 -> None
        # 1,500 + 4,500 + 3,000 and fees of 500 + 500 + 1,000
        = A 14,000 11,000 0 0
        """);

    [Fact]
    public void Who_cannot_pay_the_grid_fee_does_not_ask_the_books()
    {
        MarketFixture market = Market();
        RuleScript.Run(market, "gateway: withdraw A 999,998,001 -> None");
        int asked = market.BookOperations;
        RuleScript.Run(market, "gateway: block A buy local grid 2 2 300,000 100 -> InsufficientBalance");
        Assert.Equal(asked, market.BookOperations);
        RuleScript.Run(market, "gateway: deposit A 1; block A buy local grid 2 2 300,000 100 -> None BlockNotFilled");
        Assert.Equal(asked + 2, market.BookOperations);
    }

    [Fact]
    public void Among_books_of_one_epoch_the_continuous_open_one_is_taken() => RuleScript.Run(Market(), Offers + """

        gateway: block A buy local grid 4 2 300,000 10 -> BookNotContinuous
        gateway: block A buy local grid 6 2 300,000 10 -> BookClosed
        gateway: block A buy local grid 7 2 300,000 10 -> BookNotFound
        gateway: block A buy local solar 2 2 300,000 10 -> BookNotFound
        gateway: block A buy north grid 2 2 300,000 10 -> BookNotFound
        # c2 is a call auction of the same epoch as f2
        gateway: block A buy local grid 2 2 70,000 10 -> None
        """);

    [Fact]
    public void What_makes_no_sense_gets_the_documented_error() => RuleScript.Run(Market(), Offers + """

        gateway: block nobody buy local grid 2 2 70,000 10 -> UserNotFound
        C: block A buy local grid 2 2 70,000 10 -> UnauthorizedOperator
        gateway: block A buy local grid 2 1 70,000 10 -> InvalidOrderTerms
        gateway: block A buy local grid 2 97 70,000 10 -> InvalidOrderTerms
        gateway: block A buy local grid 2 96 70,000 10 -> BookNotFound
        gateway: block A buy local grid max 96 70,000 10 -> BookNotFound
        gateway: block A buy local grid min 2 70,000 10 -> BookNotFound
        gateway: block A buy local grid 2 2 1,000,000,001 10 -> InvalidPrice
        gateway: block A sell local grid 2 2 -1,000,000,001 10 -> InvalidPrice
        gateway: block A buy local grid 2 2 1,000,000,000 10 -> None
        gateway: block A buy local grid 2 2 70,000 0 -> InvalidOrderAmount
        gateway: block A buy local grid 2 2 70,000 1,000,000,001 -> InvalidOrderAmount
        # lots of 10 Wh in f4 only
        gateway: block A buy local grid 3 2 70,000 15 -> InvalidOrderAmount
        gateway: block A buy local grid 2 2 70,000 15 -> None
        gateway atomic: block A buy local grid 2 2 70,000 10; deposit A 1 -> NotInAtomicBatch AtomicBatchFailed
        """);

    [Fact]
    public void A_paused_book_pauses_every_block_that_needs_it() => RuleScript.Run(Market(), Offers + """

        gateway: ask B f4 30,000 100 gtc; propose pause f2; close 0 -> None
        gateway: block A buy local grid 2 2 70,000 10 -> MarketPaused
        gateway: block A buy local grid 3 2 100,000 10 -> None
        gateway: propose pause all; close 1 -> None
        gateway: block A buy local grid 3 2 100,000 10 -> MarketPaused
        gateway: block A buy nowhere grid 3 2 100,000 10 -> MarketPaused
        """);

    [Fact]
    public void An_account_sends_eight_block_orders_to_the_books_in_one_block_and_all_send_64()
    {
        MarketFixture market = Market();
        RuleScript.Run(market, Offers);
        string one = "block A buy local grid 2 2 1 1";
        for (int blocks = 0; blocks < 2; blocks++)
        {
            // Refused before it comes to the books: does not count.
            Command[] commands = [CommandText.Parse("block A buy local grid 2 1 1 1"),
                .. Enumerable.Repeat(CommandText.Parse(one), 9)];
            Assert.Equal(
                [LedgerError.InvalidOrderTerms, .. Enumerable.Repeat(LedgerError.BlockNotFilled, 8),
                    LedgerError.TooManyBlockOrders],
                market.Run("gateway", commands).Select(receipt => receipt.Error));
        }

        string[] homes = [.. Enumerable.Range(0, 9).Select(i => $"H{i}")];
        MarketFixture many = Market(homes);
        Command[] all = [.. homes.SelectMany(home => Enumerable.Repeat(CommandText.Parse(one.Replace(
            "A", home, System.StringComparison.Ordinal)), 8))];
        Assert.Equal(
            [.. Enumerable.Repeat(LedgerError.BlockNotFilled, 64),
                .. Enumerable.Repeat(LedgerError.TooManyBlockOrders, 8)],
            many.Run("gateway", all).Select(receipt => receipt.Error));
    }

    [Fact]
    public void A_block_may_span_a_day_of_quarter_hours()
    {
        MarketFixture market = new(["A", "B"], change: genesis => genesis with
        {
            Books = [.. Enumerable.Range(1, 96).Select(epoch => Book($"q{epoch}", epoch))],
        });
        market.Run("gateway", [.. Enumerable.Range(1, 96).Select(epoch =>
            CommandText.Parse($"ask B q{epoch} {epoch * 1_000} 100 gtc"))]);
        // The average of 1,000 … 96,000 is 48,500.
        RuleScript.Run(market, """
            gateway: block A buy local grid 1 96 58,499 100 -> BlockNotFilled
            gateway: block A buy local grid 1 96 58,500 100 -> None
            = A 1,000,000,000 561,600 0 0
            """);
        Assert.Equal(96, market.State.Positions.Count);
    }

    [Fact]
    public void Members_of_a_shared_account_place_a_block_and_may_try_again() => RuleScript.Run(Market(), Offers + """

        A: circle A members 2 0 B C -> None
        A: block A buy local grid 2 2 70,000 100 -> ApprovalsNeeded
        C: operate C A 60 block A buy local grid 2 2 70,000 100 -> None
        gateway: cancel B 1 -> None
        B: operate B A 60 block A buy local grid 2 2 70,000 100 -> BlockNotFilled
        gateway: ask B f2 30,000 100 gtc -> None
        B: operate B A 60 block A buy local grid 2 2 70,000 100 -> None
        = A 1,000,000,000 14,000 0 0
        # it was done: the same approval begins anew
        B: operate B A 60 block A buy local grid 2 2 70,000 100 -> None
        """);

    [Fact]
    public void What_a_block_bought_is_delivered_and_paid_epoch_by_epoch() => RuleScript.Run(Market(), Offers + """

        gateway: block A buy local grid 2 2 70,000 100; close 0; close 1 -> None
        gateway: read B 2 0 100; read A 2 100 0; close 2 -> None
        = A 999,996,000 10,000 0 0
        = B 1,000,003,000 13,000 0 0
        gateway: read B 3 0 100; read A 3 100 0; close 3 -> None
        = A 999,986,000 0 0 0
        = B 1,000,012,000 0 0 0
        = grid 2,000 0 0 0
        """);

    internal static GenesisBook Book(
        string name,
        long delivery,
        BookMechanism mechanism = BookMechanism.Continuous,
        long lot = 1,
        bool open = true) =>
        new(BookId.Parse(name), BookParameters.Default with
        {
            Mechanism = mechanism,
            Lot = new WattHours(lot),
            Floor = new Price(-100_000),
            Cap = new Price(300_000),
            IsOpen = open,
            Forward = new ForwardTerms(new EpochIndex(delivery), 0, 0),
        });

    private static MarketFixture Market(params string[] homes) =>
        new(["A", "B", "C", .. homes], change: genesis => genesis with
        {
            Books =
            [
                .. genesis.Books,
                Book("c2", 2, BookMechanism.CallAuction),
                Book("f2", 2),
                Book("f3", 3),
                Book("f4", 4, lot: 10),
                Book("f5", 5, BookMechanism.CallAuction),
                Book("f6", 6, open: false),
                Book("f7", 7),
                Book("f9", 9),
            ],
        });
}
