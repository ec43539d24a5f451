using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Staking;

/// <summary>What the governance decides of validators and their protocol: STAKE-13 and SWITCH.</summary>
public sealed class ConsensusChangeTests
{
    private static readonly ConsensusRules Pbft = new(ConsensusProtocol.Pbft, null);
    private static readonly ConsensusRules Pos = new(ConsensusProtocol.Pos, null);

    [Fact]
    public void A_change_needs_another_protocol_its_parameters_and_a_height_far_enough_ahead() =>
        RuleScript.Run(StakingMarket.Closed(), """
            c1: propose consensus pbft 100; propose consensus pos 3 -> InvalidConsensusChange
            c1: propose consensus pos 4; propose consensus pos 5 -> InvalidConsensusChange None
            c1: propose consensus pos 1,000,003; propose consensus pos 1,000,004 -> None InvalidConsensusChange
            c1: propose consensus pow 100 bare; propose consensus pos 100 bare -> InvalidConsensusChange
            c1: propose consensus pow 100; propose consensus pos min -> None InvalidConsensusChange
            c1: propose consensus pos max -> InvalidConsensusChange
            op1: propose consensus pos 100 -> UnauthorizedOperator
            """);

    [Fact]
    public void Set_and_protocol_are_named_window_and_one_heights_ahead_and_take_over_together()
    {
        MarketFixture market = StakingMarket.Closed();
        RuleScript.Run(market, """
            c1: propose consensus pos 9 -> None
            gateway: close 0 -> None
            c1: propose consensus pow 100 -> InvalidConsensusChange
            """);
        Assert.Equal(new ConsensusChange(Pos, new Height(9)), market.State.Governance.Change);
        GovernanceDecision decision = market.State.Decisions[1];
        Assert.Equal(LedgerError.None, decision.Refusal);
        Assert.Equal(new GovernanceAction.ChangeConsensus(Pbft, new Height(1)), decision.Before);

        market.RunTo(6);
        Assert.False(market.State.Staking.Schedule.HasBorder);
        market.RunTo(7);
        SetForecast forecast = market.State.Staking.Forecast;
        Assert.Equal((new Height(9), Pos, Pbft), (forecast.Border, forecast.DecidedRules, forecast.Rules));

        market.RunTo(8);
        forecast = market.State.Staking.Forecast;
        Assert.Equal((null, Pos, Pbft), (forecast.Border, forecast.Rules, forecast.BeforeRules));
        Assert.Equal(new Height(9), forecast.Since);
        Assert.Null(market.State.Governance.Change);
        Assert.Equal("v1:7 v2:7 v3:7 v4:7", market.Set());
        RuleScript.Run(market, """
            c1: propose consensus pbft 100 lock 60; propose consensus pos 100 lock 60 -> None InvalidConsensusChange
            """);
    }

    [Fact]
    public void A_close_that_comes_too_late_records_that_the_change_is_refused()
    {
        MarketFixture market = StakingMarket.Closed();
        RuleScript.Run(market, "c1: propose consensus pos 4; propose consensus pos 5 -> None");
        RuleScript.Run(market, "gateway: close 0 -> None");
        Assert.Equal(LedgerError.InvalidConsensusChange, market.State.Decisions[1].Refusal);
        Assert.Equal(LedgerError.None, market.State.Decisions[2].Refusal);
        market.RunTo(4);
        Assert.Equal(Pos, market.State.Staking.Rules);
        Assert.Equal(new Height(5), market.State.Staking.Schedule.Since);
    }

    [Fact]
    public void Stake_counts_from_the_height_on_at_which_pos_decides()
    {
        MarketFixture market = StakingMarket.Open(ConsensusProtocol.Pbft, council: true);
        RuleScript.Run(market, """
            c1: propose consensus pow 100; propose consensus pos 12 -> InvalidConsensusChange None
            op1: bond op1 v1 500 -> None
            gateway: close 0 -> None
            """);
        market.RunTo(8);
        Assert.Equal("v1:1 v2:1 v3:1 v4:1", market.Set());

        // Too late for a set of its own, in time for that of the new protocol.
        RuleScript.Run(market, "op2: bond op2 v2 9 -> None");
        market.RunTo(11);
        Assert.Equal("v1:1500 v2:1009 v3:1000 v4:1000", market.Set());
        Assert.Equal(new Height(12), market.State.Staking.Schedule.Since);
        RuleScript.Run(market, "op3: bond op3 v3 1 -> None");
        market.RunTo(20);
        Assert.Equal("v1:1500 v2:1009 v3:1001 v4:1000", market.Set());
    }

    /// <summary>Whatever the order of closes and changes, the border of the protocol is its height.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_set_that_waits_never_stands_in_the_way_of_a_change(int window)
    {
        for (int late = 0; late < 8; late++)
        {
            MarketFixture market = StakingMarket.Open(ConsensusProtocol.Pbft, window, council: true);
            long height = (2 * window) + 3;
            RuleScript.Run(market, $"c1: propose consensus pos {height} -> None");
            RuleScript.Run(market, "gateway: close 0 -> None");
            Assert.Equal(LedgerError.None, market.State.Decisions[1].Refusal);
            for (int block = 3; block < height; block++)
            {
                string close = $"gateway: close {market.State.Totals.OpenEpoch.Value} -> None";
                RuleScript.Run(market, block == 3 + late ? "op5: bond op5 v5 2,000 -> None" : close);
            }

            Assert.Equal((Pos, new Height(height)), (market.State.Staking.Rules, market.State.Staking.Schedule.Since));
        }
    }

    [Fact]
    public void The_governance_lets_validators_in_and_sends_them_away_on_a_closed_chain()
    {
        MarketFixture market = StakingMarket.Closed(validators: 2);
        RuleScript.Run(market, """
            c1: propose validator v5 1,000,000,000,000,000,001; propose validator v5 -1 -> InvalidAmount
            c1: propose validator v5 0; propose validator v1 0 as v2 -> ValidatorNotFound ValidatorKeyTaken
            c1: propose validator v5 3 as v1; propose validator v1 3 as v5 -> ValidatorNameTaken ValidatorKeyTaken
            c1: propose validator v5 3; propose validator v1 0; propose validator v2 0 -> None
            gateway: close 0 -> None
            """);
        market.RunTo(7);
        Assert.Equal("v5:3", market.Set());
        Assert.Null(market.State.Decisions[1].Before);
        Assert.Equal(
            new GovernanceAction.SetValidator(Key("v1"), Label.Parse("v1"), 7), market.State.Decisions[2].Before);
        RuleScript.Run(market, """
            c1: propose validator v5 0; propose validator v1 1,000,000,000,000,000,000 lock 60 -> LastValidator None
            """);
        market.Wait(100);
        RuleScript.Run(market, "gateway: close 1 -> None");
        market.RunTo(market.Height.Value + 2);
        Assert.Equal("v1:1000000000000000000 v5:3", market.Set());
    }

    [Fact]
    public void Two_decisions_of_one_close_cannot_remove_the_last_validator()
    {
        MarketFixture market = StakingMarket.Closed(validators: 2);
        RuleScript.Run(market, """
            c1: propose validator v1 0; propose validator v2 0 -> None
            gateway: close 0 -> None
            """);
        Assert.Equal(LedgerError.None, market.State.Decisions[1].Refusal);
        Assert.Equal(LedgerError.LastValidator, market.State.Decisions[2].Refusal);
        market.RunTo(4);
        Assert.Equal("v2:7", market.Set());
    }

    [Fact]
    public void A_closed_chain_has_at_most_a_hundred_validators()
    {
        MarketFixture market = StakingMarket.Closed(validators: 99);
        RuleScript.Run(market, """
            c1: propose validator w1 1; propose validator w2 1 -> None
            gateway: close 0 -> None
            """);
        Assert.Equal(LedgerError.None, market.State.Decisions[1].Refusal);
        Assert.Equal(LedgerError.TooManyValidators, market.State.Decisions[2].Refusal);
    }

    [Fact]
    public void On_an_open_chain_the_governance_only_jails()
    {
        MarketFixture market = StakingMarket.Open(council: true);
        RuleScript.Run(market, """
            c1: propose validator v5 1; propose validator v1 1 -> ValidatorsByStake
            c1: propose validator v1 0 -> None
            gateway: close 0 -> None
            op1: unjail op1 -> StillJailed
            """);
        market.RunTo(4);
        Assert.Equal("v2:1000 v3:1000 v4:1000", market.Set());
        Assert.Equal(new Money(1_000), market.Row("v1").Bonded);
        market.Wait(10);
        RuleScript.Run(market, "op1: unjail op1 -> None");
        market.RunTo(12);
        Assert.Equal("v1:1000 v2:1000 v3:1000 v4:1000", market.Set());
    }
}
