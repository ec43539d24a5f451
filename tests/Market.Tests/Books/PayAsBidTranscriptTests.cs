using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

public sealed class PayAsBidTranscriptTests
{
    [Fact]
    public void Each_buyer_pays_the_limit_of_his_bid() => Play(
        """
        buy 1 10Wh @ 110
          accepted 1
        buy 2 10Wh @ 130
          accepted 2
        sell 4 8Wh @ 95
          accepted 4
        sell 5 6Wh @ -70
          accepted 5
        clear
          trade 2 with 5: 6Wh @ 130µ/kWh, open 4Wh and 0Wh
          trade 2 with 4: 4Wh @ 130µ/kWh, open 0Wh and 4Wh
          trade 1 with 4: 4Wh @ 110µ/kWh, open 6Wh and 0Wh
          price none, volume 14Wh
        book
          Buy 1: 6Wh @ 110µ/kWh
        """);

    [Fact]
    public void An_auction_refuses_terms_that_speak_of_an_arrival() => Play(
        """
        buy 1 10Wh @ market ioc
          refused: NotInAuction
        buy 1 10Wh @ 5 fok
          refused: NotInAuction
        buy 1 10Wh @ 5 post
          refused: NotInAuction
        buy 1 10Wh @ 5 min=1
          refused: NotInAuction
        buy 1 10Wh @ 5 owner=1 stp=maker
          refused: NotInAuction
        buy 1 10Wh @ market
          refused: InvalidTerms
        buy 1 10Wh @ 5 ioc
          accepted 1
        buy 2 10Wh @ 5 gte
          accepted 2
        buy 3 10Wh @ 5 until=9
          accepted 3
        sell 4 10Wh @ 5
          accepted 4
        replace 1 4Wh @ 5
          replaced 1: 10Wh by 4Wh @ 5µ/kWh
        replace 2 11Wh @ 5
          replaced 2: 10Wh by 11Wh @ 5µ/kWh
        clear
          trade 1 with 4: 4Wh @ 5µ/kWh, open 0Wh and 6Wh
          trade 3 with 4: 6Wh @ 5µ/kWh, open 4Wh and 0Wh
          price none, volume 10Wh
        end-epoch
          expired 2: 11Wh
        end-until 9
          expired 3: 4Wh
        """);

    private static void Play(string transcript) =>
        BookTranscript.AssertPlays(BookMechanism.PayAsBidAuction, transcript);
}
