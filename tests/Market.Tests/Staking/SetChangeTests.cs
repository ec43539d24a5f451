using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Staking;

/// <summary>When a change of the set takes effect, when unbonded money is free, and what an offence costs.</summary>
public sealed class SetChangeTests
{
    [Fact]
    public void A_bond_takes_effect_window_heights_after_the_end_of_its_set_epoch()
    {
        MarketFixture market = StakingMarket.Open(window: 2);
        RuleScript.Run(market, "op1: bond op1 v1 500 -> None");
        market.RunTo(3);
        Assert.Equal(new Height(6), market.State.Staking.Schedule.Border);
        market.RunTo(4);
        Assert.Equal("v1:1000 v2:1000 v3:1000 v4:1000", market.Set());
        market.RunTo(5);
        Assert.Equal("v1:1500 v2:1000 v3:1000 v4:1000", market.Set());
        Assert.False(market.State.Staking.Schedule.HasBorder);
    }

    [Fact]
    public void The_close_of_a_market_epoch_ends_a_set_epoch_at_once()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, """
            op1: bond op1 v1 500 -> None
            gateway: close 0 -> None
            """);
        Assert.Equal(new Height(4), market.State.Staking.Schedule.Border);
        market.RunTo(3);
        Assert.Equal("v1:1500 v2:1000 v3:1000 v4:1000", market.Set());
    }

    [Fact]
    public void A_change_that_is_decided_while_another_waits_takes_effect_at_a_later_border()
    {
        MarketFixture market = StakingMarket.Open(window: 3);
        RuleScript.Run(market, """
            op1: bond op1 v1 500 -> None
            gateway: close 0 -> None
            op2: bond op2 v2 700 -> None
            gateway: close 1 -> None
            """);
        Assert.Equal(new Height(6), market.State.Staking.Schedule.Border);
        market.RunTo(5);
        Assert.Equal("v1:1500 v2:1000 v3:1000 v4:1000", market.Set());
        market.RunTo(20);
        Assert.Equal("v1:1500 v2:1700 v3:1000 v4:1000", market.Set());
    }

    [Fact]
    public void The_highest_stakes_have_the_places_and_seats_their_order()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, """
            op5: bond op5 v5 1,000 -> None
            gateway: close 0 -> None
            """);
        market.RunTo(4);
        Assert.Equal("v1:1000 v2:1000 v3:1000 v4:1000", market.Set());
        RuleScript.Run(market, """
            op5: bond op5 v5 1 -> None
            gateway: close 1 -> None
            """);
        market.RunTo(7);
        Assert.Equal("v1:1000 v2:1000 v3:1000 op5:1001", market.Set());
    }

    [Fact]
    public void Under_heads_a_bonded_validator_counts_one()
    {
        MarketFixture market = StakingMarket.Open(ConsensusProtocol.Pbft);
        RuleScript.Run(market, """
            op1: unbond op1 1,000 -> None
            op5: bond op5 v5 5,000 -> None
            """);
        market.RunTo(4);
        Assert.Equal("v2:1 v3:1 v4:1 op5:1", market.Set());
    }

    [Fact]
    public void Unbonded_money_is_free_in_the_first_block_at_its_time_and_not_before()
    {
        MarketFixture market = StakingMarket.Open();
        Instant start = market.Now;
        RuleScript.Run(market, "op1: unbond op1 400 -> None");
        market.RunTo(10);
        market.Now = new Instant(start.Micros + (100 * Instant.MicrosPerSecond) - 1);
        RuleScript.Run(market, "op1: unbond op1 601 -> InsufficientBalance");
        Assert.Equal(1_000, market.BalanceOf("op1").Bonded.Micro);
        market.Now = new Instant(market.Now.Micros + 1);
        market.Execute();
        Assert.Equal(600, market.BalanceOf("op1").Bonded.Micro);
        Assert.Equal(0, market.Row("v1").Waiting);
        market.AssertSound();
    }

    [Fact]
    public void Money_is_not_free_before_the_set_without_it_is_in_force()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, "op1: unbond op1 1,000 -> None");
        market.Wait(1_000);
        market.RunTo(3);
        Assert.Equal(1_000, market.BalanceOf("op1").Bonded.Micro);
        market.RunTo(4);
        Assert.Equal("v2:1000 v3:1000 v4:1000", market.Set());
        Assert.Equal(1_000, market.BalanceOf("op1").Bonded.Micro);
        market.RunTo(5);
        Assert.Equal(0, market.BalanceOf("op1").Bonded.Micro);
        market.RunTo(9);
        Assert.False(market.State.Staking.Validators.Contains(Key("v1")));
        RuleScript.Run(market, "op5: bond op5 v1 500 -> None");
        market.AssertSound();
    }

    [Fact]
    public void An_offender_is_slashed_to_the_unit_jailed_and_comes_back()
    {
        MarketFixture market = StakingMarket.Open();

        // 10,000 ppm of 1,000, and 3 · 1,000 · 1,000 / 4,000.
        Assert.Equal(new Punishment(true, new Money(760), true), market.Punish("v2"));
        Assert.Equal(760, market.BalanceOf("grid").Money.Micro);
        Assert.Equal(240, market.BalanceOf("op2").Bonded.Micro);
        market.RunTo(4);
        Assert.Equal("v1:1000 v3:1000 v4:1000", market.Set());
        market.Wait(10);
        RuleScript.Run(market, """
            op2: bond op2 v2 1,000 -> None
            op2: unjail op2 -> None
            """);
        market.RunTo(20);
        Assert.Equal("v1:1000 v2:1240 v3:1000 v4:1000", market.Set());
        market.AssertSound();
    }

    [Fact]
    public void Offences_within_the_window_cost_more_and_later_ones_do_not()
    {
        StakingParameters mild = StakingMarket.Parameters with { MaxValidators = 100 };
        MarketFixture market = StakingMarket.Open(parameters: mild);
        RuleScript.Run(market, "op5: bond op5 v5 96,000 -> None");

        // T = 100,000: 3 · S · 1,000 / T.
        Assert.Equal(30, market.Punish("v1", OffenceKind.InvalidProposal).Taken.Micro);
        market.Wait(50);
        Assert.Equal(60, market.Punish("v2", OffenceKind.InvalidProposal).Taken.Micro);
        market.Wait(51);
        Assert.Equal(30, market.Punish("v3", OffenceKind.InvalidProposal).Taken.Micro);
        Assert.Equal(1, market.State.Staking.Slashes.Count);
        Assert.Equal(1_000, market.Punish("v4", OffenceKind.ForeignVote).Taken.Micro);
        Assert.Equal(1_120, market.BalanceOf("grid").Money.Micro);
        market.AssertSound();
    }

    [Fact]
    public void Money_that_is_unbonding_is_slashed_after_what_is_bonded_the_latest_first()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, "op1: unbond op1 300 -> None");
        market.Wait(1);
        RuleScript.Run(market, "op1: unbond op1 200 -> None");
        Assert.Equal(760, market.Punish("v1").Taken.Micro);
        Assert.Equal((0, 240, 1), (market.Row("v1").Bonded.Micro, market.Row("v1").Unbonding.Micro,
            market.Row("v1").Waiting));
        market.AssertSound();
        market.Wait(100);
        market.RunTo(20);
        Assert.Equal(1_000_000_000 - 760, market.BalanceOf("op1").FreeMoney.Micro);
        Assert.Equal(0, market.BalanceOf("op1").Bonded.Micro);
        market.AssertSound();
    }

    [Fact]
    public void On_a_closed_chain_a_liar_is_removed_for_good_and_three_are_left_with_f_0()
    {
        MarketFixture market = StakingMarket.Closed();
        Assert.Equal(new Punishment(true, Money.Zero, true), market.Punish("v3"));
        market.RunTo(4);
        Assert.Equal("v1:7 v2:7 v4:7", market.Set());
        Assert.Equal(0, market.State.Staking.InForce.MaxFaulty);
        market.RunTo(40);
        Assert.Equal("v1:7 v2:7 v4:7", market.Set());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_last_validator_is_punished_but_stays(bool open)
    {
        MarketFixture market = open ? StakingMarket.Open() : StakingMarket.Closed();
        foreach (string name in (string[])["v1", "v2", "v3"])
        {
            Assert.True(market.Punish(name).Excluded);
        }

        market.RunTo(10);
        Assert.Equal(1, market.State.Staking.InForce.Count);
        Assert.False(market.Punish("v4").Excluded);
        market.RunTo(20);
        Assert.Equal("v4", market.State.Staking.InForce.Validators[0].Name.ToString());
    }

    [Fact]
    public void Who_is_no_validator_cannot_be_punished()
    {
        MarketFixture market = StakingMarket.Open();
        Assert.Equal(default, market.Punish("v9"));
    }

    [Fact]
    public void A_debt_does_not_protect_a_stake()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, """
            op1: bond op1 v1 999,999,000 -> None
            gateway: read op1 0 1,000,000 0 -> ReadingAboveRating
            gateway: read op1 0 6,000 0 -> None
            gateway: close 0 -> None
            """);
        Assert.True(market.BalanceOf("op1").FreeMoney < Money.Zero);
        long grid = market.BalanceOf("grid").Money.Micro;
        Money taken = market.Punish("v1", OffenceKind.ForeignVote).Taken;
        Assert.Equal(1_000_000_000, taken.Micro);
        Assert.Equal(grid + taken.Micro, market.BalanceOf("grid").Money.Micro);
        market.AssertSound();
    }
}
