using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

public sealed class ContinuousTranscriptTests
{
    [Fact]
    public void A_taker_walks_the_makers_by_price_then_time_at_their_prices() => Play(
        """
        sell 1 5Wh @ 102
          accepted 1
        sell 2 5Wh @ 101
          accepted 2
        sell 3 5Wh @ 101
          accepted 3
        buy 4 12Wh @ 102
          accepted 4
          trade 4 with 2: 5Wh @ 101µ/kWh, open 7Wh and 0Wh
          trade 4 with 3: 5Wh @ 101µ/kWh, open 2Wh and 0Wh
          trade 4 with 1: 2Wh @ 102µ/kWh, open 0Wh and 3Wh
        book
          Sell 1: 3Wh @ 102µ/kWh
        """);

    [Fact]
    public void What_is_left_of_a_good_till_cancelled_order_rests_and_of_an_immediate_one_expires() => Play(
        """
        buy 1 5Wh @ -3
          accepted 1
        sell 2 8Wh @ -4 ioc
          accepted 2
          trade 2 with 1: 5Wh @ -3µ/kWh, open 3Wh and 0Wh
          expired 2: 3Wh
        sell 3 8Wh @ -4
          accepted 3
        buy 4 3Wh @ -5 ioc
          accepted 4
          expired 4: 3Wh
        book
          Sell 3: 8Wh @ -4µ/kWh
        """);

    [Fact]
    public void A_cancelled_order_is_gone_once_and_its_neighbours_keep_their_places() => Play(
        """
        buy 1 1Wh @ 7
          accepted 1
        buy 2 2Wh @ 7
          accepted 2
        buy 3 3Wh @ 7
          accepted 3
        cancel 2
          cancelled 2: 2Wh
        cancel 2
          refused: OrderNotFound
        cancel 0
          refused: OrderNotFound
        cancel -1
          refused: OrderNotFound
        book
          Buy 1: 1Wh @ 7µ/kWh
          Buy 3: 3Wh @ 7µ/kWh
        """);

    [Fact]
    public void Each_limit_holds_on_both_sides() => Play(
        """
        buy 1 1000000000Wh @ -1000000000000
          accepted 1
        sell 2 1Wh @ 1000000000000
          accepted 2
        buy 3 1000000001Wh @ 1
          refused: InvalidOrderAmount
        buy 3 0Wh @ 1
          refused: InvalidOrderAmount
        buy 3 1Wh @ 1000000000001
          refused: InvalidPrice
        buy 3 1Wh @ -1000000000001
          refused: InvalidPrice
        buy 0 1Wh @ 1
          refused: InvalidOrderId
        buy 1 1Wh @ 1
          refused: DuplicateOrderId
        """);

    [Fact]
    public void The_first_reason_is_given_when_there_are_several() => Play(
        """
        buy 1 1Wh @ 1
          accepted 1
        buy 0 0Wh @ 1000000000001
          refused: InvalidOrderId
        buy 1 0Wh @ 1000000000001
          refused: InvalidOrderAmount
        buy 1 1Wh @ 1000000000001
          refused: InvalidPrice
        buy 1 1Wh @ 1
          refused: DuplicateOrderId
        buy 2 1Wh @ 1
          refused: BookFull
        """,
        capacity: 1);

    [Fact]
    public void A_full_book_refuses_what_may_rest_and_still_takes_immediate_orders() => Play(
        """
        buy 1 1Wh @ 1
          accepted 1
        buy 2 1Wh @ 1
          accepted 2
        buy 3 1Wh @ 1
          refused: BookFull
        sell 3 1Wh @ 1
          refused: BookFull
        sell 3 1Wh @ 1 ioc
          accepted 3
          trade 3 with 1: 1Wh @ 1µ/kWh, open 0Wh and 0Wh
        buy 4 1Wh @ 1
          accepted 4
        """,
        capacity: 2);

    [Fact]
    public void An_order_of_the_same_household_on_the_other_side_trades_as_any_other() => Play(
        """
        buy 1 4Wh @ 10
          accepted 1
        sell 2 4Wh @ 10
          accepted 2
          trade 2 with 1: 4Wh @ 10µ/kWh, open 0Wh and 0Wh
        """);

    [Fact]
    public void Leaves_that_no_continuous_book_can_have_are_refused() => Play(
        """
        restore buy 1 4Wh @ 10
        restore sell 2 4Wh @ 10
          refused: CrossedBook
        restore sell 2 4Wh @ 11 ioc
          refused: InvalidTimeInForce
        restore sell 1 4Wh @ 11
          refused: DuplicateOrderId
        restore sell 2 4Wh @ 11
        restore buy 3 4Wh @ 11
          refused: CrossedBook
        clear
          refused: WrongMechanism
        book
          Buy 1: 4Wh @ 10µ/kWh
          Sell 2: 4Wh @ 11µ/kWh
        """);

    private static void Play(string transcript, int capacity = 100) =>
        BookTranscript.AssertPlays(BookMechanism.Continuous, transcript, capacity);
}
