using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Grid fees by electrical distance: docs/spec/grid.md.</summary>
public sealed class DistanceFeeTests
{
    private const string Wiring = """
        gateway: zone north; zone south; feeder n1 north 1; feeder n2 north 1; feeder s1 south 1 -> None
        gateway: connect A n1 24,000 both; connect B n1 24,000 both -> None
        gateway: connect C n2 24,000 both; connect D s1 24,000 both -> None
        gateway: fees 2,001 5,000 -> None
        """;

    [Fact]
    public void Fees_are_ordered_by_distance_and_bounded_by_the_grid_fee() =>
        RuleScript.Run(new MarketFixture(["A"]), """
            A: fees 1 2 -> UnauthorizedOperator
            gateway: fees -1 0; fees 2 1; fees 0 10,001; fees min max; fees max max -> InvalidPrice
            gateway: fees 0 0; fees 10,000 10,000; fees 0 10,000 -> None
            """);

    [Fact]
    public void The_nearer_the_seller_the_less_the_buyer_pays_and_nothing_stays_held() =>
        RuleScript.Run(Market(), Wiring + """

            gateway: read A 0 0 4,000; bid B home-spot 90,000 999; bid C home-spot 90,000 1,000 -> None
            gateway: bid D home-spot 90,000 1,000; bid E home-spot 90,000 1,000; ask A home-spot 50,000 3,999 -> None
            = B 1,000,000,000 89,910 0 0
            gateway: close 0 -> None
            # the price is (80,000 + 50,000) / 2 = 65,000; fees are 1,998, 5,000, 10,000 and 10,000;
            # what they do not use is sold on at 50,000
            = B 999,983,017 0 0 0
            = C 999,980,000 0 0 0
            = D 999,975,000 0 0 0
            = E 999,975,000 0 0 0
            = grid 26,998 0 0 0
            """);

    [Fact]
    public void An_account_is_where_all_its_meters_are()
    {
        MarketFixture market = Market();
        RuleScript.Run(market, Wiring + """

            gateway: meter second A; connect second n2 24,000 both -> None
            """);
        Assert.Equal(new GridPlace(ZoneId.Parse("north"), null), market.State.GridPlaces[Account("A")]);
        Assert.Equal(new Price(5_000), Fee(market, "A", "B"));
        Assert.Equal(new Price(5_000), Fee(market, "A", "A"));
        RuleScript.Run(market, "gateway: connect second s1 24,000 both -> None");
        Assert.False(market.State.GridPlaces.Contains(Account("A")));
        Assert.Equal(new Price(10_000), Fee(market, "B", "A"));
        RuleScript.Run(market, "gateway: connect second n1 24,000 both -> None");
        Assert.Equal(new Price(2_001), Fee(market, "A", "B"));
        Assert.Equal(new Price(10_000), Fee(market, "E", "E"));
    }

    /// <summary>A bid keeps the fee that it holds, also when fees rise above it.</summary>
    [Fact]
    public void Nobody_pays_more_than_was_held()
    {
        MarketFixture market = Market();
        RuleScript.Run(market, Wiring);
        Assert.Equal(new Price(1_500), DistanceRules.FeeBetween(
            market.State, Account("A"), Account("B"), new Price(1_500)));
        Assert.Equal(new Price(3_000), DistanceRules.FeeBetween(
            market.State, Account("A"), Account("C"), new Price(3_000)));
    }

    private static Price Fee(MarketFixture market, string buyer, string seller) =>
        DistanceRules.FeeBetween(market.State, Account(buyer), Account(seller), market.State.Parameters.GridFee);

    private static MarketFixture Market() => new(["A", "B", "C", "D", "E"]);
}
