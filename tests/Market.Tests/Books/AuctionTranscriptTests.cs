using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

public sealed class AuctionTranscriptTests
{
    [Fact]
    public void Without_overlap_there_is_no_trade_and_no_price() => Play(
        """
        buy 1 10Wh @ 99
          accepted 1
        sell 2 10Wh @ 100
          accepted 2
        clear
          price none, volume 0Wh
        book
          Buy 1: 10Wh @ 99µ/kWh
          Sell 2: 10Wh @ 100µ/kWh
        """);

    [Fact]
    public void An_empty_book_clears_without_price() => Play(
        """
        clear
          price none, volume 0Wh
        """);

    [Fact]
    public void Bids_and_asks_at_one_price_trade_at_it() => Play(
        """
        sell 1 10Wh @ 100
          accepted 1
        buy 2 4Wh @ 100
          accepted 2
        clear
          trade 2 with 1: 4Wh @ 100µ/kWh, open 0Wh and 6Wh
          price 100µ/kWh, volume 4Wh
        book
          Sell 1: 6Wh @ 100µ/kWh
        """);

    [Fact]
    public void A_tie_at_the_margin_goes_to_the_earlier_order() => Play(
        """
        buy 5 10Wh @ 120
          accepted 5
        buy 3 10Wh @ 120
          accepted 3
        sell 9 15Wh @ 80
          accepted 9
        clear
          trade 5 with 9: 10Wh @ 100µ/kWh, open 0Wh and 5Wh
          trade 3 with 9: 5Wh @ 100µ/kWh, open 5Wh and 0Wh
          price 100µ/kWh, volume 15Wh
        book
          Buy 3: 5Wh @ 120µ/kWh
        """);

    [Fact]
    public void Better_prices_trade_first_and_the_marginal_order_is_filled_in_part() => Play(
        """
        buy 1 10Wh @ 110
          accepted 1
        buy 2 10Wh @ 130
          accepted 2
        buy 3 10Wh @ 90
          accepted 3
        sell 4 8Wh @ 95
          accepted 4
        sell 5 6Wh @ 70
          accepted 5
        sell 6 50Wh @ 112
          accepted 6
        clear
          trade 2 with 5: 6Wh @ 102µ/kWh, open 4Wh and 0Wh
          trade 2 with 4: 4Wh @ 102µ/kWh, open 0Wh and 4Wh
          trade 1 with 4: 4Wh @ 102µ/kWh, open 6Wh and 0Wh
          price 102µ/kWh, volume 14Wh
        book
          Buy 1: 6Wh @ 110µ/kWh
          Buy 3: 10Wh @ 90µ/kWh
          Sell 6: 50Wh @ 112µ/kWh
        """);

    [Fact]
    public void The_midpoint_of_negative_prices_is_rounded_towards_minus_infinity() => Play(
        """
        buy 1 10Wh @ -4
          accepted 1
        sell 2 10Wh @ -7
          accepted 2
        clear
          trade 1 with 2: 10Wh @ -6µ/kWh, open 0Wh and 0Wh
          price -6µ/kWh, volume 10Wh
        buy 3 1Wh @ 0
          accepted 3
        sell 4 1Wh @ -1
          accepted 4
        clear
          trade 3 with 4: 1Wh @ -1µ/kWh, open 0Wh and 0Wh
          price -1µ/kWh, volume 1Wh
        """);

    [Fact]
    public void Remainders_of_immediate_orders_expire_by_id_after_the_trades_and_the_others_rest() => Play(
        """
        sell 8 5Wh @ 100 ioc
          accepted 8
        buy 7 9Wh @ 100 ioc
          accepted 7
        buy 2 3Wh @ 50 ioc
          accepted 2
        buy 4 3Wh @ 60
          accepted 4
        sell 1 3Wh @ 200 ioc
          accepted 1
        cancel 1
          cancelled 1: 3Wh
        sell 3 3Wh @ 300 ioc
          accepted 3
        clear
          trade 7 with 8: 5Wh @ 100µ/kWh, open 4Wh and 0Wh
          expired 2: 3Wh
          expired 3: 3Wh
          expired 7: 4Wh
          price 100µ/kWh, volume 5Wh
        book
          Buy 4: 3Wh @ 60µ/kWh
        cancel 7
          refused: OrderNotFound
        """);

    [Fact]
    public void A_remainder_that_rests_keeps_its_priority_in_the_next_clearing() => Play(
        """
        buy 1 10Wh @ 100
          accepted 1
        sell 2 4Wh @ 100
          accepted 2
        clear
          trade 1 with 2: 4Wh @ 100µ/kWh, open 6Wh and 0Wh
          price 100µ/kWh, volume 4Wh
        buy 3 10Wh @ 100
          accepted 3
        sell 4 7Wh @ 90
          accepted 4
        clear
          trade 1 with 4: 6Wh @ 95µ/kWh, open 0Wh and 1Wh
          trade 3 with 4: 1Wh @ 95µ/kWh, open 9Wh and 0Wh
          price 95µ/kWh, volume 7Wh
        """);

    [Fact]
    public void An_immediate_order_takes_a_place_in_a_full_auction() => Play(
        """
        buy 1 1Wh @ 1
          accepted 1
        buy 2 1Wh @ 1 ioc
          accepted 2
        buy 3 1Wh @ 1 ioc
          refused: BookFull
        clear
          expired 2: 1Wh
          price none, volume 0Wh
        buy 3 1Wh @ 1
          accepted 3
        """,
        capacity: 2);

    [Fact]
    public void A_restored_auction_book_may_overlap_and_hold_immediate_orders() => Play(
        """
        restore buy 1 6Wh @ 5 ioc
        restore sell 2 4Wh @ 2
        clear
          trade 1 with 2: 4Wh @ 3µ/kWh, open 2Wh and 0Wh
          expired 1: 2Wh
          price 3µ/kWh, volume 4Wh
        """);

    private static void Play(string transcript, int capacity = 100) =>
        BookTranscript.AssertPlays(BookMechanism.CallAuction, transcript, capacity);
}
