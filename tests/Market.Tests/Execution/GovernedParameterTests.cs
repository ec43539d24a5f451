using EnergyNode.Ledger;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Every parameter that the governance can change: from the next epoch on, not before.</summary>
public sealed class GovernedParameterTests
{
    [Fact]
    public void A_book_changes_cap_floor_tick_lot_and_mechanism_with_the_epoch()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        BookParameters rules = BookParameters.Default with
        {
            Mechanism = BookMechanism.Continuous,
            Tick = new Price(500),
            Lot = new WattHours(10),
            Floor = new Price(-1_000),
            Cap = new Price(90_000),
        };
        Command.Propose proposal = new(
            new GovernanceAction.SetBook(Book, rules), GovernanceText.At(0), GovernanceText.At(60));
        Assert.Equal(LedgerError.None, market.RunOne("c1", proposal));
        RuleScript.Run(market, """
            A: bid A home-spot 100,001 7 gtc -> None
            = A 1,000,000,000 701 0 0
            gateway: read B 0 0 20; ask B home-spot -500 10 -> None InvalidPrice
            gateway: close 0 -> None
            = A 1,000,000,000 0 0 0
            A: bid A home-spot 90,500 10; bid A home-spot -1,500 10; bid A home-spot 90,250 10 -> InvalidPrice
            A: bid A home-spot 90,000 7 -> InvalidOrderAmount
            gateway: read B 1 0 20 -> None
            A: bid A home-spot 90,000 10 gtc -> None
            B: ask B home-spot 50,000 10 -> None
            """);

        // Continuous: it has traded before any close.
        Assert.Equal(new Grid(10_000_000), market.State.Balances[Account("A")].Tokens);
        GovernanceDecision decision = market.State.Decisions[1];
        Assert.Equal(
            new GovernanceAction.SetBook(Book, BookParameters.Default), decision.Before);
        Assert.Equal(new EpochIndex(1), decision.Epoch);
    }

    [Fact]
    public void Fees_by_distance_and_prices_of_deviations_change_with_the_epoch()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        RuleScript.Run(market, """
            c1: propose fees -1 0; propose fees 2 1; propose fees 0 10,001; propose fees max min -> InvalidPrice
            c1: propose deviation -1 none; propose deviation none 1,000,000,001 -> InvalidPrice
            c1: propose fees 1 2; propose deviation 300,000 none; propose oracle 5 6 -> None
            """);
        Assert.Equal(default, (market.State.DistanceFees, market.State.DeviationPrices, market.State.OracleTerms));
        RuleScript.Run(market, "gateway: close 0 -> None");
        Assert.Equal(new DistanceFees(new Price(1), new Price(2)), market.State.DistanceFees);
        Assert.Equal(new DeviationPrices(new Price(300_000), null), market.State.DeviationPrices);
        Assert.Equal(new OracleTerms(new Money(5), 6), market.State.OracleTerms);
        Assert.Null(market.State.Decisions[1].Before);
        Assert.Equal(new GovernanceAction.SetDeviationPrices(null, null), market.State.Decisions[2].Before);
        Assert.Equal(new GovernanceAction.SetOracleTerms(default), market.State.Decisions[3].Before);
        RuleScript.Run(market, """
            gateway: deposit gateway 5; prepay gateway 5 -> None
            c1: propose fees 3 4 -> None
            gateway: close 1 -> None
            """);
        Assert.Equal(
            new GovernanceAction.SetDistanceFees(new Price(1), new Price(2)), market.State.Decisions[4].Before);
    }

    [Fact]
    public void With_a_threshold_above_one_nobody_sets_fees_alone() =>
        RuleScript.Run(GovernanceTests.Council(2, 0), """
            A: fees 2 1 -> UnauthorizedOperator
            c1: fees 2 1; fees 1 2 -> InvalidPrice ProposalNeeded
            """);

    /// <summary>GRID-3 holds when it takes effect, not only when it is proposed.</summary>
    [Fact]
    public void Fees_that_the_state_no_longer_permits_are_recorded_and_change_nothing()
    {
        MarketFixture market = GovernanceTests.Council(1, 0);
        RuleScript.Run(market, """
            c1: propose price gridfee 5; propose fees 6 6 -> None
            gateway: close 0 -> None
            """);
        Assert.Null(market.State.DistanceFees);
        Assert.Equal(LedgerError.InvalidPrice, market.State.Decisions[2].Refusal);
    }
}
