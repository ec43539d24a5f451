using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Contracts for an epoch to come: what is held, the gate, and what is paid when the epoch closes.</summary>
public sealed class ForwardTests
{
    private const string Sold = """
        # retail is 220,000: an ask at 80,000 holds 140,000 for each kWh
        gateway: ask A forward 80,000 1,000 gtc; bid B forward 100,000 1,000 gtc -> None
        = A 1,000,000,000 140,000 0 0
        # the trade is at the ask's price; 80,000 and 10,000 of fee stay held
        = B 1,000,000,000 90,000 0 0
        gateway: close 0 -> None
        = A 1,000,000,000 140,000 0 0
        """;

    [Fact]
    public void A_seller_that_delivers_gets_its_price_and_the_buyer_the_tokens() => RuleScript.Run(Market(), Sold + """

        gateway: read A 1 0 1,200; read B 1 900 0; close 1 -> None
        # 200 Wh and 100 Wh go to the utility at 50,000
        = A 1,000,090,000 0 0 0
        = B 999,915,000 0 0 0
        = grid 10,000 0 0 0
        = utility 9,999,985,000 0 0 0
        """);

    [Fact]
    public void What_a_seller_lacks_it_buys_from_the_utility_for_the_buyer() => RuleScript.Run(Market(), Sold + """

        gateway: read A 1 0 400; read B 1 900 0; close 1 -> None
        # 80,000 for the contract, less 600 Wh at 220,000
        = A 999,948,000 0 0 0
        = B 999,915,000 0 0 0
        = grid 10,000 0 0 0
        = utility 10,000,127,000 0 0 0
        """);

    [Fact]
    public void Who_sells_on_what_he_bought_delivers_nothing() => RuleScript.Run(Market(), """
        gateway: ask B forward 100,000 500 gtc; bid C forward 120,000 500 gtc -> None
        gateway: ask A forward 80,000 500 gtc; bid B forward 100,000 500 gtc -> None
        gateway: close 0; read A 1 0 500; read C 1 500 0; close 1 -> None
        # 100,000 × 0.5 from C, 80,000 × 0.5 to A, fees of 5,000 twice
        = A 1,000,040,000 0 0 0
        = B 1,000,005,000 0 0 0
        = C 999,945,000 0 0 0
        = utility 10,000,000,000 0 0 0
        """);

    [Fact]
    public void At_the_gate_all_orders_end_and_the_book_goes_on_with_a_later_epoch()
    {
        MarketFixture market = Market(delivery: 3, gate: 1, cycle: 2);
        RuleScript.Run(market, """
            gateway: bid B forward 100,000 1 gtc; close 0 -> None
            = B 1,000,000,000 100 0 0
            gateway: close 1 -> None
            = B 1,000,000,000 0 0 0
            gateway: bid B forward 100,000 1 gtc; ask A forward 50,000 1 gtc -> None
            gateway: close 2 -> None
            """);
        Assert.Equal(new EpochIndex(5), market.State.BookParameters[Forward].Forward!.Value.Delivery);
        Assert.Equal([new PositionKey(new EpochIndex(5), 1)], market.State.Positions.Keys);

        MarketFixture once = Market(delivery: 1, gate: 0, cycle: 0);
        RuleScript.Run(once, """
            gateway: bid B forward 100,000 1 gtc; close 0 -> None
            = B 1,000,000,000 0 0 0
            gateway: bid B forward 100,000 1 gtc -> BookClosed
            """);
    }

    [Fact]
    public void Rules_of_a_book_change_with_the_next_close_and_end_its_orders()
    {
        MarketFixture market = OrderTermsTests.Continuous();
        BookRules rules = new(market.State);
        BookId added = BookId.Parse("added");
        BookParameters shut = BookParameters.Default with { IsOpen = false };
        Assert.Equal(LedgerError.None, rules.Set(Book, shut with { Mechanism = BookMechanism.PayAsBidAuction }));
        Assert.Equal(LedgerError.None, rules.Set(added, BookParameters.Default with { Tick = new Price(100) }));
        Assert.Equal(
            LedgerError.InvalidBookParameters, rules.Set(added, BookParameters.Default with { Tick = default }));
        RuleScript.Run(market, """
            gateway: bid B home-spot 90,000 1 gtc; bid B other-spot 30,000 1 gtc -> None
            gateway: bid B added 90,000 1 gtc -> BookNotFound
            gateway: close 0 -> None
            = B 1,000,000,000 30 0 0
            gateway: bid B home-spot 90,000 1 gtc -> BookClosed
            gateway: bid B added 90,050 1 gtc -> InvalidPrice
            gateway: bid B added 90,000 1 gtc -> None
            """);
        Assert.Equal(BookMechanism.PayAsBidAuction, market.State.BookParameters[Book].Mechanism);
        Assert.Equal(0, market.State.BookChanges.Count);
    }

    private static readonly BookId Forward = BookId.Parse("forward");

    private static MarketFixture Market(long delivery = 1, long gate = 0, long cycle = 4) =>
        new(["A", "B", "C"], change: genesis => genesis with
        {
            Books =
            [
                .. genesis.Books,
                new GenesisBook(Forward, BookParameters.Default with
                {
                    Mechanism = BookMechanism.Continuous,
                    Forward = new ForwardTerms(new EpochIndex(delivery), gate, cycle),
                }),
            ],
        });
}
