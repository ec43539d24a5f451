using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using EnergyNode.Market.Tests.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Staking;

/// <summary>What becomes of a validator when evidence against it is committed.</summary>
public sealed class EvidencePunishmentTests
{
    private static readonly Money Stake = new(StakingMarket.Stake);

    [Fact]
    public void On_an_open_chain_evidence_slashes_and_jails_once_for_each_offence()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, """
            op5: evidence v4 1 0 good -> None
            op1: evidence v4 1 0 good -> EvidenceAlreadyCommitted
            """);
        StakedValidator first = market.Row("v4");
        Assert.Equal(ValidatorStanding.Jailed, first.Standing);
        Assert.True(first.Bonded < Stake);
        Assert.Equal(1, market.State.Staking.Slashes.Count);
        Assert.Equal(Stake - first.Bonded, market.State.Balances[Account("grid")].Money);

        RuleScript.Run(market, "op5: evidence v4 1 1 good -> None");
        Assert.Equal(2, market.State.Staking.Slashes.Count);
        Assert.True(market.Row("v4").Bonded < first.Bonded);
        market.RunTo(4);
        Assert.Equal("v1:1000 v2:1000 v3:1000", market.Set());
        market.AssertSound();
    }

    [Fact]
    public void On_a_closed_chain_evidence_removes_for_good()
    {
        MarketFixture market = StakingMarket.Closed();
        RuleScript.Run(market, "op5: evidence v2 1 0 good -> None");
        Assert.Equal("v1:7 v2:7 v3:7 v4:7", market.Set());
        market.RunTo(4);
        Assert.Equal("v1:7 v3:7 v4:7", market.Set());
        market.RunTo(40);
        Assert.Equal("v1:7 v3:7 v4:7", market.Set());
        Assert.Equal(ValidatorStanding.Removed, market.Row("v2").Standing);
    }

    [Theory]
    [InlineData("bad")]
    [InlineData("good", "transfer op1 op1 1")]
    public void Evidence_that_is_refused_or_taken_back_punishes_nobody(string proof, string? second = null)
    {
        MarketFixture market = StakingMarket.Open();
        Command evidence = CommandText.Parse($"evidence v4 1 0 {proof}");
        market.Run(
            "op1", BatchFlags.Atomic, second is null ? [evidence] : [evidence, CommandText.Parse(second)]);

        Assert.Equal(ValidatorStanding.Active, market.Row("v4").Standing);
        Assert.Equal(Stake, market.Row("v4").Bonded);
        Assert.Equal(0, market.State.Staking.Slashes.Count);
        market.AssertSound();
    }

    [Fact]
    public void Evidence_is_judged_by_the_set_of_its_height_as_long_as_that_is_known()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, """
            op4: unbond op4 1,000 -> None
            op5: bond op5 v5 1,000 -> None
            """);
        market.RunTo(4);
        Assert.Equal("v1:1000 v2:1000 v3:1000 op5:1000", market.Set());
        Assert.Equal(new Height(1), market.State.Staking.Forecast.Known);

        // From height 5 on v5 has a vote and v4 has none; what v4 unbonds is at risk still.
        RuleScript.Run(market, """
            op1: evidence v4 5 0 good; evidence v5 4 0 good -> EvidenceInvalid
            op1: evidence v4 4 0 good -> None
            """);
        Assert.True(market.Row("v4").Unbonding < Stake);

        RuleScript.Run(market, "op1: bond op1 v1 500 -> None");
        market.RunTo(12);
        Assert.True(market.State.Staking.Forecast.Known > new Height(4));
        RuleScript.Run(market, """
            op1: evidence v4 3 0 good; evidence v1 4 0 good -> EvidenceOutOfTime
            op1: evidence v5 5 0 good -> None
            """);
        Assert.Equal(ValidatorStanding.Jailed, market.Row("v5").Standing);
    }

    [Fact]
    public void A_jailed_validator_that_unjails_is_punished_for_what_it_does_later()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, "op5: evidence v4 1 0 good -> None");
        market.RunTo(4);
        market.Wait(10);
        RuleScript.Run(market, "op4: bond op4 v4 1,000; unjail op4 -> None");
        market.RunTo(9);
        Assert.Equal(4, market.State.Staking.InForce.Count);
        Money before = market.Row("v4").Bonded;

        BlockOutcome outcome = market.Execute(
            market.Sign("op5", BatchFlags.None, CommandText.Parse($"evidence v4 {market.Height} 0 good")));

        Assert.Equal(Key("v4"), Assert.Single(outcome.Offences).Culprit);
        Assert.Equal(ValidatorStanding.Jailed, market.Row("v4").Standing);
        Assert.True(market.Row("v4").Bonded < before);
    }
}
