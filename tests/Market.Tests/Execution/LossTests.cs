using EnergyNode.Ledger;
using EnergyNode.Market.Billing;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;
using Bounds = EnergyNode.Ledger.Limits;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>What is lost on the way of traded energy, and who pays for it: docs/spec/grid.md.</summary>
public sealed class LossTests
{
    private const string Wiring = """
        gateway: zone north; zone south; feeder n1 north 1; feeder n2 north 1; feeder s1 south 1 -> None
        gateway: connect A n1 24,000 both; connect B n1 24,000 both -> None
        gateway: connect C n2 24,000 both; connect D s1 24,000 both -> None
        """;

    [Fact]
    public void The_nearer_the_seller_the_less_is_lost_and_the_buyer_pays_the_short_price_for_it()
    {
        MarketFixture market = Market(10_000, 20_001, 30_000);
        RuleScript.Run(market, Wiring + """

            gateway: read A 0 0 4,000; bid B home-spot 90,000 1,000; bid C home-spot 90,000 1,000 -> None
            gateway: bid D home-spot 90,000 1,000; bid E home-spot 90,000 1,000; ask A home-spot 50,000 4,000 -> None
            = B 1,000,000,000 90,000 0 0
            gateway: close 0 -> None
            # each pays 65,000 and the fee of 10,000, and sells all on at 50,000;
            # of 1,000 Wh 10, 20.001, 30 and 30 are lost, at 220,000 for each kWh: 2,200, 4,400.22, 6,600 and 6,600
            = B 999,972,800 0 0 0
            = C 999,970,600 0 0 0
            = D 999,968,400 0 0 0
            = E 999,968,400 0 0 0
            = A 1,000,260,000 0 0 0
            = grid 40,000 0 0 0
            = utility 9,999,819,800 0 0 0
            """);
        Statement statement = market.State.Statements[Account("C")];
        Assert.Equal((20_001_000, 4_400), (statement.Losses.Units, statement.PaidForLosses.Micro));
        Assert.Equal((90_001_000, 19_800), (
            market.State.Totals.Losses.Units, market.State.Totals.PaidForLosses.Micro));
        Assert.Equal(Grid.Zero, market.State.Totals.BoughtFromUtility);
        Assert.Equal(0, market.State.OpenLosses.Count);
    }

    /// <summary>Two trades, of 0.44 and 0.88 micro-units.</summary>
    [Fact]
    public void What_an_epoch_loses_is_rounded_once_at_the_short_price_of_the_close()
    {
        MarketFixture market = Market(2_000, 2_000, 2_000);
        RuleScript.Run(market, """
            gateway: propose book home-spot continuous; close 0 -> None
            gateway: read A 1 0 3; ask A home-spot 0 1 gtc; ask A home-spot 0 2 gtc -> None
            gateway: bid B home-spot 10,000 3 -> None
            """);
        Assert.Equal(new Grid(6_000), market.State.OpenLosses[Account("B")]);
        RuleScript.Run(market, """
            gateway: close 1 -> None
            = B 1,000,000,119 0 0 0
            gateway: read A 2 0 3; ask A home-spot 0 3 gtc; bid B home-spot 10,000 3 -> None
            gateway: deviation 166,666 none; close 2 -> None
            = B 1,000,000,239 0 0 0
            """);
        SettledAccount settled = market.State.SettledAccounts[new AccountEpoch(Account("B"), new EpochIndex(2))];
        Assert.Equal(new SettledAccount(new Deviation(3_000_000), default, default, new Grid(6_000)), settled);
        Assert.Equal(new Grid(12_000), market.State.Statements[Account("B")].Losses);
    }

    [Fact]
    public void A_forward_loses_by_the_factors_and_places_of_its_delivery()
    {
        MarketFixture market = Market(0, 0, 0, withForward: true);
        RuleScript.Run(market, Wiring + """

            gateway: ask A ahead 40,000 1,000; bid D ahead 110,000 1,000 -> None
            gateway: propose losses 1,000 2,000 3,000; close 0 -> None
            gateway: connect D n2 24,000 both; read A 1 0 1,000; close 1 -> None
            """);
        Assert.Equal(new Grid(2_000_000), market.State.Statements[Account("D")].Losses);
        Assert.Equal(Grid.Zero, market.State.Statements[Account("A")].Losses);
        Assert.Equal(
            new GovernanceAction.SetLossFactors(default), market.State.Decisions[1].Before);
    }

    [Fact]
    public void The_utility_bears_what_it_loses_itself()
    {
        MarketFixture market = Market(1, 2, 250_000);
        RuleScript.Run(market, """
            gateway: read A 0 0 100; ask A home-spot 0 100 -> None
            utility: bid utility home-spot 10,000 100 -> None
            gateway: close 0 -> None
            """);
        Assert.Equal((Grid.Zero, 1L), (market.State.Totals.Losses, market.State.Totals.Trades));
        Assert.Equal(0, market.State.OpenLosses.Count);
    }

    [Fact]
    public void A_correction_leaves_losses_as_they_are_and_a_bill_shows_them()
    {
        MarketFixture market = Market(0, 0, 50_000);
        BillBuilder[] bills =
        [
            new(market.State, Account("B"), default, null), new(market.State, Account("utility"), default, null),
        ];
        market.EpochObservers.AddRange([bills[0].Close, bills[1].Close]);
        RuleScript.Run(market, """
            gateway: read A 0 0 1,000; read B 0 1,000 0; ask A home-spot 0 1,000; bid B home-spot 10,000 1,000 -> None
            gateway: close 0; correct B 0 1 0 0; close 1 -> None
            # 10,000 for the fee, 50 Wh of losses at 220,000, and 1,000 Wh sold on at 50,000
            = B 1,000,029,000 0 0 0
            """);
        Bill bill = bills[0].Result!;
        Assert.Equal((50_000_000, 11_000), (bill.Items.Losses.Units, bill.Items.PaidForLosses.Micro));
        Assert.Equal((-29_000, 0), (bill.Total.Micro, bill.PaidIn.Micro));
        Assert.Equal((11_000 - 50_000, 0), (bills[1].Result!.UtilityIncome.Micro, bills[1].Result!.PaidIn.Micro));
        SettledAccount settled = market.State.SettledAccounts[new AccountEpoch(Account("B"), default)];
        Assert.Equal(
            new SettledAccount(new Deviation(1_000_000_000), default, default, new Grid(50_000_000)), settled);
    }

    [Fact]
    public void Factors_are_ordered_by_distance_and_bounded_and_count_from_the_next_epoch()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        RuleScript.Run(market, """
            c1: propose losses -1 0 0; propose losses 2 1 3; propose losses 1 3 2 -> InvalidParameter
            c1: propose losses 0 0 250,001; propose losses min min min; propose losses max max max -> InvalidParameter
            c1: propose losses 250,000 250,000 250,000; propose losses 0 0 250,000 -> None
            """);
        Assert.Equal(default, market.State.LossFactors);
        RuleScript.Run(market, "gateway: close 0 -> None");
        Assert.Equal(Factors(0, 0, Bounds.MaxLossPpm), market.State.LossFactors);
        Assert.Equal(
            new GovernanceAction.SetLossFactors(Factors(250_000, 250_000, 250_000)), market.State.Decisions[2].Before);
    }

    [Fact]
    public void A_genesis_with_factors_out_of_order_or_bounds_is_refused()
    {
        GenesisBlock genesis = new MarketFixture(["A"]).Genesis;
        foreach (LossFactors wrong in (LossFactors[])[
            Factors(0, 0, 250_001), Factors(-1, 0, 0), Factors(1, 0, 1), Factors(0, 2, 1)])
        {
            Assert.Null((genesis with { Losses = wrong }).BuildState(out string? problem));
            Assert.StartsWith("loss factors must be 0 to 250000 ppm", problem, System.StringComparison.Ordinal);
        }

        GenesisBlock most = genesis with { Losses = Factors(250_000, 250_000, 250_000) };
        Assert.Equal(most.Losses, most.BuildState(out _)!.LossFactors);
        Assert.NotEqual(genesis.ComputeHash(), most.ComputeHash());
    }

    /// <summary>A close never fails: who cannot pay owes, and beyond the bound of a balance nothing moves.</summary>
    [Fact]
    public void Losses_beyond_all_bounds_leave_a_debt_and_no_more()
    {
        MarketFixture market = Market(0, 0, 250_000);
        RuleScript.Run(market, """
            gateway: tariff 1,000,000,000 0; read A 0 0 5,000 -> None
            gateway: ask A home-spot 0 5,000; bid B home-spot 190,000 5,000; close 0 -> None
            # 450,000 for the energy, 50,000 for the fee, and 1,250 Wh at 1,000 for each kWh
            = B -250,500,000 0 0 0
            """);
        market.State.OpenLosses.Set(Account("A"), new Grid(Bounds.MaxTotal));
        RuleScript.Run(market, """
            gateway: read A 1 0 1; ask A home-spot 0 1; bid E home-spot 10,000 1; close 1 -> None
            """);
        Assert.True(market.State.Balances[Account("utility")].Money.Micro <= Bounds.MaxBalance);
        Assert.Equal(new Grid(Bounds.MaxTotal), market.State.Totals.Losses);
    }

    private static LossFactors Factors(long feeder, long zone, long across) =>
        new(new LossFactor(feeder), new LossFactor(zone), new LossFactor(across));

    private static MarketFixture Market(long feeder, long zone, long across, bool withForward = false) =>
        new(["A", "B", "C", "D", "E"], change: genesis => genesis with
        {
            Losses = Factors(feeder, zone, across),
            Books = withForward
                ?
                [
                    .. genesis.Books,
                    new GenesisBook(BookId.Parse("ahead"), BookParameters.Default with
                    {
                        Forward = new ForwardTerms(new EpochIndex(1), 0, 1),
                    }),
                ]
                : genesis.Books,
        });
}
