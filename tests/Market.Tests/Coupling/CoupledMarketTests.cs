using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Coupling;

/// <summary>Zones with lines between them, from the command to the bill: docs/spec/grid.md.</summary>
public sealed class CoupledMarketTests
{
    private static readonly EpochIndex First = new(0);

    [Fact]
    public void A_full_line_splits_the_price_and_its_rent_goes_to_the_grid_operator()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 4_000);
        RuleScript.Run(market, """
            gateway: read S1 0 0 3,000 -> None
            gateway: ask S1 south 40,000 3,000; bid N1 north 110,000 3,000 -> None
            gateway: close 0 -> None
            # 1,000 Wh fit: the south's ask is at the margin with 40,000, the north's bid with 100,000;
            # what nobody uses is sold to the utility at 50,000
            = S1 1,000,140,000 0 0 0
            = N1 999,940,000 0 0 0
            = grid 70,000 0 0 0
            """);
        Assert.Equal((new Price(40_000), new Price(100_000)), Prices(market, First));
        Assert.Equal(new Money(60_000), market.State.Totals.CongestionRent);
        Assert.Equal(new Money(60_000), market.State.Statements[Account("N1")].CongestionRent);
        LineFlow flow = LineOfSouth(market, 0);
        Assert.Equal((1_000, true), (flow.Net.Wh, flow.IsFull));
    }

    [Fact]
    public void Where_no_line_is_full_there_is_one_price_and_no_rent()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 12_004);
        RuleScript.Run(market, """
            gateway: read S1 0 0 3,000 -> None
            gateway: ask S1 south 40,000 3,000; bid N1 north 110,000 3,000 -> None
            gateway: close 0 -> None
            = N1 999,910,000 0 0 0
            = grid 30,000 0 0 0
            """);
        Assert.Equal((new Price(70_000), new Price(70_000)), Prices(market, First));
        Assert.False(LineOfSouth(market, 0).IsFull);
        Assert.Equal(Money.Zero, market.State.Totals.CongestionRent);
    }

    [Fact]
    public void A_feeder_binds_as_a_line_does_and_its_homes_trade_among_themselves()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 40_000);
        RuleScript.Run(market, """
            gateway: read S2 0 0 900 -> None
            gateway: ask S2 south 40,000 900; bid N1 north 110,000 600; bid S3 south 70,000 600 -> None
            gateway: close 0 -> None
            # 250 Wh leave the feeder s2 of 1,000 W to the north; its own S3 pays less
            = S2 1,000,036,500 0 0 0
            = S3 1,000,000,000 0 0 0
            = N1 999,985,000 0 0 0
            """);
        Assert.True(market.State.LineFlows[new LineEpoch(First, LineKind.Feeder, Label.Parse("s2"))].IsFull);
    }

    [Fact]
    public void Only_who_is_in_the_zone_may_order_there_and_who_leaves_takes_no_part()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 4_000);
        RuleScript.Run(market, """
            gateway: read S1 0 0 100 -> None
            gateway: bid N1 south 50,000 1; ask S1 north 50,000 1; bid E south 50,000 1 -> NotInZone
            gateway: bid E home-spot 50,000 1; ask S1 south 10,000 100; bid N1 north 60,000 100 gtc -> None
            gateway: connect N1 s2 1 both -> None
            gateway: close 0 -> None
            = S1 1,000,005,000 0 0 0
            = N1 1,000,000,000 6,000 0 0
            gateway: read S1 1 0 100; ask S1 south 10,000 100; connect N1 n1 1 both; close 1 -> None
            = N1 1,000,001,000 0 0 0
            """);
    }

    [Fact]
    public void Forwards_use_up_the_line_for_their_epoch_of_delivery_and_keep_both_prices()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 4_000);
        RuleScript.Run(market, """
            gateway: ask S1 south-1 40,000 700; bid N1 north-1 110,000 700; close 0 -> None
            gateway: read S1 1 0 2,000; ask S1 south 30,000 1,300; bid N2 north 90,000 1,300; close 1 -> None
            """);
        LineFlow flow = LineOfSouth(market, 1);
        Assert.Equal((1_000, true), (flow.Net.Wh, flow.IsFull));
        Assert.Equal(300, market.State.Statements[Account("N2")].BoughtLocally.Wh);
        Assert.Equal(new Money(300 * 50), market.State.Totals.CongestionRent);
    }

    [Fact]
    public void The_other_way_round_a_forward_makes_room()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 4_000);
        RuleScript.Run(market, """
            gateway: ask N1 north-1 40,000 500; bid S1 south-1 110,000 500; close 0 -> None
            gateway: read S2 1 0 2,000; read S1 1 0 2,000; ask S1 south 30,000 2,000; bid N2 north 90,000 2,000 -> None
            gateway: close 1 -> None
            """);
        Assert.Equal(1_500, market.State.Statements[Account("N2")].BoughtLocally.Wh);
        Assert.Equal(1_000, LineOfSouth(market, 1).Net.Wh);
    }

    [Fact]
    public void The_governance_sets_lines_for_the_next_epoch_and_only_radial_ones()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 0);
        RuleScript.Run(market, """
            gateway: propose line nowhere none 0 0; propose line south nowhere 1 1 -> ZoneNotFound
            gateway: propose line south north -1 0; propose line south north 0 1,000,000,001 -> InvalidRating
            gateway: propose line north none 1 0; propose line south north min max -> InvalidRating
            gateway: propose line north south 1 1; propose line south south 1 1 -> GridNotRadial
            gateway: zone east -> None
            gateway: propose line south east 1 1 -> GridNotRadial
            gateway: propose book home-spot continuous; propose line local none 0 0 -> None ZoneNotFound
            gateway: propose line south north 4,000 0; drop gateway 1 -> None
            gateway: read S1 0 0 200; ask S1 south 10,000 200; bid N1 north 60,000 100 gtc; close 0 -> None
            = N1 1,000,000,000 6,000 0 0
            gateway: read S1 1 0 200; ask S1 south 10,000 200; close 1 -> None
            = N1 1,000,003,000 0 0 0
            """);
        Assert.Equal(
            new GridLine(ZoneId.Parse("north"), 4_000, 0), market.State.Lines[ZoneId.Parse("south")]);
        GovernanceDecision decision = market.State.Decisions[1];
        Assert.Equal(
            new GovernanceAction.SetLine(
                ZoneId.Parse("south"), new GridLine(ZoneId.Parse("north"), 0, CoupledMarket.ImportW)),
            decision.Before);
    }

    [Fact]
    public void A_zone_with_a_book_that_trades_at_once_cannot_be_coupled_nor_get_such_a_book()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 4_000);
        RuleScript.Run(market, """
            gateway: zone local; propose book home-spot continuous; close 0 -> None
            gateway: propose line local none 0 0 -> BookCannotCouple
            gateway: propose book home-spot; close 1; propose line local north 5 5; close 2 -> None
            gateway: propose book home-spot continuous -> BookCannotCouple
            """);
    }

    [Fact]
    public void At_most_64_zones_are_in_the_network()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 4_000);
        for (int i = market.State.Lines.Count; i < Limits.MaxGridZones; i++)
        {
            RuleScript.Run(market, $"gateway: zone z{i}; propose line z{i} south 1 1 -> None");
            RuleScript.Run(market, $"gateway: close {market.State.Totals.OpenEpoch} -> None");
        }

        RuleScript.Run(market, """
            gateway: zone more -> None
            gateway: propose line more south 1 1; propose line z9 north 1 1 -> TooManyGridZones None
            """);
    }

    [Fact]
    public void What_rests_in_a_paused_book_does_not_trade()
    {
        MarketFixture market = CoupledMarket.Make(exportW: 4_000);
        RuleScript.Run(market, """
            gateway: bid N1 north 60,000 100 gtc; propose pause north; close 0 -> None
            gateway: read S1 1 0 100; ask S1 south 10,000 100; close 1 -> None
            = N1 1,000,000,000 6,000 0 0
            gateway: cancel N1 1 -> None
            """);
    }

    private static LineFlow LineOfSouth(MarketFixture market, long delivery) =>
        market.State.LineFlows[new LineEpoch(new EpochIndex(delivery), LineKind.Zone, Label.Parse("south"))];

    private static (Price? South, Price? North) Prices(MarketFixture market, EpochIndex epoch) => (
        market.State.EpochResults[new BookEpoch(BookId.Parse("south"), epoch)].Price,
        market.State.EpochResults[new BookEpoch(BookId.Parse("north"), epoch)].Price);
}
