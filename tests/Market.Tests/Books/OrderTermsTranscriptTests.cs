using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

/// <summary>The orders' terms in a continuous book (BOOK-12, BOOK-14 … BOOK-19).</summary>
public sealed class OrderTermsTranscriptTests
{
    [Fact]
    public void A_market_order_takes_what_there_is_at_any_price_and_never_rests() => Play(
        """
        sell 1 5Wh @ -1000000000000
          accepted 1
        sell 2 5Wh @ 1000000000000
          accepted 2
        buy 3 11Wh @ market ioc
          accepted 3
          trade 3 with 1: 5Wh @ -1000000000000µ/kWh, open 6Wh and 0Wh
          trade 3 with 2: 5Wh @ 1000000000000µ/kWh, open 1Wh and 0Wh
          expired 3: 1Wh
        sell 4 1Wh @ market ioc
          accepted 4
          expired 4: 1Wh
        sell 5 1Wh @ market
          refused: InvalidTerms
        sell 5 1Wh @ market post
          refused: InvalidTerms
        book
        """);

    [Fact]
    public void Fill_or_kill_is_filled_as_a_whole_or_expires_without_a_trade() => Play(
        """
        sell 1 5Wh @ 10
          accepted 1
        sell 2 5Wh @ 11
          accepted 2
        sell 3 5Wh @ 12
          accepted 3
        buy 4 11Wh @ 11 fok
          accepted 4
          expired 4: 11Wh
        buy 5 10Wh @ 11 fok
          accepted 5
          trade 5 with 1: 5Wh @ 10µ/kWh, open 5Wh and 0Wh
          trade 5 with 2: 5Wh @ 11µ/kWh, open 0Wh and 0Wh
        buy 6 6Wh @ market fok
          accepted 6
          expired 6: 6Wh
        buy 7 4Wh @ market fok
          accepted 7
          trade 7 with 3: 4Wh @ 12µ/kWh, open 0Wh and 1Wh
        """);

    [Fact]
    public void A_minimum_counts_on_arrival_only() => Play(
        """
        sell 1 5Wh @ 10
          accepted 1
        buy 2 9Wh @ 10 min=6
          accepted 2
          expired 2: 9Wh
        buy 3 9Wh @ 10 min=5
          accepted 3
          trade 3 with 1: 5Wh @ 10µ/kWh, open 4Wh and 0Wh
        sell 4 1Wh @ 10
          accepted 4
          trade 4 with 3: 1Wh @ 10µ/kWh, open 0Wh and 3Wh
        replace 3 9Wh @ 9
          replaced 3: 3Wh by 9Wh @ 9µ/kWh
        buy 5 9Wh @ 10 min=10
          refused: InvalidOrderAmount
        """);

    [Fact]
    public void A_post_only_order_rests_or_is_refused() => Play(
        """
        sell 1 5Wh @ 10 owner=1
          accepted 1
        buy 2 5Wh @ 10 post
          refused: WouldTrade
        buy 2 5Wh @ 11 post owner=1 stp=maker
          refused: WouldTrade
        buy 2 5Wh @ 9 post
          accepted 2
        replace 2 6Wh @ 10
          refused: WouldTrade
        replace 2 6Wh @ 8
          replaced 2: 5Wh by 6Wh @ 8µ/kWh
        buy 3 5Wh @ 9 post ioc
          refused: InvalidTerms
        buy 3 5Wh @ 9 post fok
          refused: InvalidTerms
        buy 3 5Wh @ 9 post min=1
          refused: InvalidTerms
        book
          Buy 2: 6Wh @ 8µ/kWh
          Sell 1: 5Wh @ 10µ/kWh
        """);

    [Fact]
    public void Replacing_by_less_at_the_same_price_keeps_the_place_and_anything_else_is_a_new_arrival() => Play(
        """
        buy 1 5Wh @ 10
          accepted 1
        buy 2 5Wh @ 10
          accepted 2
        replace 1 4Wh @ 10
          replaced 1: 5Wh by 4Wh @ 10µ/kWh
        replace 1 4Wh @ 10
          replaced 1: 4Wh by 4Wh @ 10µ/kWh
        book
          Buy 1: 4Wh @ 10µ/kWh
          Buy 2: 5Wh @ 10µ/kWh
        replace 1 5Wh @ 10
          replaced 1: 4Wh by 5Wh @ 10µ/kWh
        book
          Buy 2: 5Wh @ 10µ/kWh
          Buy 1: 5Wh @ 10µ/kWh
        sell 3 2Wh @ 12
          accepted 3
        replace 2 6Wh @ 12
          replaced 2: 5Wh by 6Wh @ 12µ/kWh
          trade 2 with 3: 2Wh @ 12µ/kWh, open 4Wh and 0Wh
        replace 9 0Wh @ 1000000000001
          refused: InvalidOrderAmount
        replace 9 1Wh @ 1000000000001
          refused: InvalidPrice
        replace 9 1Wh @ 1
          refused: OrderNotFound
        """);

    [Fact]
    public void An_order_in_a_full_book_can_still_be_replaced() => Play(
        """
        buy 1 5Wh @ 10
          accepted 1
        buy 2 5Wh @ 10
          accepted 2
        replace 1 6Wh @ 11
          replaced 1: 5Wh by 6Wh @ 11µ/kWh
        buy 3 5Wh @ 10
          refused: BookFull
        """,
        capacity: 2);

    [Fact]
    public void The_taker_says_how_a_self_trade_is_prevented() => Play(
        """
        sell 1 5Wh @ 10 owner=7
          accepted 1
        sell 2 5Wh @ 10 owner=8
          accepted 2
        sell 3 5Wh @ 11 owner=7 stp=both
          accepted 3
        buy 4 6Wh @ 11 owner=8 stp=taker
          accepted 4
          trade 4 with 1: 5Wh @ 10µ/kWh, open 1Wh and 0Wh
          prevented 4: 1Wh
        buy 5 1Wh @ 10 owner=8
          accepted 5
          trade 5 with 2: 1Wh @ 10µ/kWh, open 0Wh and 4Wh
        buy 6 9Wh @ 11 owner=7 stp=both
          accepted 6
          trade 6 with 2: 4Wh @ 10µ/kWh, open 5Wh and 0Wh
          prevented 3: 5Wh
          prevented 6: 5Wh
        book
        """);

    [Fact]
    public void Withdrawing_makers_lets_the_taker_go_on_and_rest() => Play(
        """
        sell 1 5Wh @ 10 owner=7
          accepted 1
        sell 2 1Wh @ 10 owner=8
          accepted 2
        sell 3 5Wh @ 11 owner=7
          accepted 3
        buy 4 6Wh @ 11 owner=7 stp=maker
          accepted 4
          prevented 1: 5Wh
          trade 4 with 2: 1Wh @ 10µ/kWh, open 5Wh and 0Wh
          prevented 3: 5Wh
        book
          Buy 4: 5Wh @ 11µ/kWh
        """);

    [Fact]
    public void Fill_or_kill_and_minimum_count_only_what_prevention_leaves() => Play(
        """
        sell 1 5Wh @ 10 owner=8
          accepted 1
        sell 2 5Wh @ 10 owner=7
          accepted 2
        sell 3 5Wh @ 10 owner=8
          accepted 3
        buy 4 11Wh @ 10 fok owner=7 stp=maker
          accepted 4
          expired 4: 11Wh
        buy 5 6Wh @ 10 min=6 owner=7 stp=taker
          accepted 5
          expired 5: 6Wh
        buy 6 6Wh @ 10 fok owner=7 stp=both
          accepted 6
          expired 6: 6Wh
        buy 7 10Wh @ 10 fok owner=7 stp=maker
          accepted 7
          trade 7 with 1: 5Wh @ 10µ/kWh, open 5Wh and 0Wh
          prevented 2: 5Wh
          trade 7 with 3: 5Wh @ 10µ/kWh, open 0Wh and 0Wh
        """);

    [Fact]
    public void Lifetimes_end_by_epoch_by_time_and_by_owner_in_the_order_of_ids() => Play(
        """
        buy 4 1Wh @ 4 gte owner=1
          accepted 4
        buy 3 2Wh @ 3 gte owner=2
          accepted 3
        buy 2 3Wh @ 2 until=50 owner=1
          accepted 2
        sell 1 4Wh @ 9 until=60 owner=2
          accepted 1
        sell 5 5Wh @ 9 owner=2
          accepted 5
        end-until 49
        end-until 50
          expired 2: 3Wh
        end-epoch
          expired 3: 2Wh
          expired 4: 1Wh
        end-epoch
        cancel-all owner=3
        cancel-all owner=2
          cancelled 1: 4Wh
          cancelled 5: 5Wh
        end-until 100
        book
        """);

    [Fact]
    public void A_restored_order_has_the_terms_it_rested_with() => Play(
        """
        restore buy 1 5Wh @ 5 post owner=3 stp=taker until=9
        restore buy 2 5Wh @ 5 fok
          refused: InvalidTimeInForce
        restore buy 2 5Wh @ 5 min=2
          refused: InvalidTimeInForce
        sell 3 1Wh @ 6 owner=3
          accepted 3
        replace 1 5Wh @ 6
          refused: WouldTrade
        end-until 9
          expired 1: 5Wh
        """);

    private static void Play(string transcript, int capacity = 100) =>
        BookTranscript.AssertPlays(BookMechanism.Continuous, transcript, capacity);
}
