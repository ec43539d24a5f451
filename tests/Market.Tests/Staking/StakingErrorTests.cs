using System;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Staking;

/// <summary>
/// Every error of the staking commands, which one is given where several apply, limits on both sides.
/// </summary>
public sealed class StakingErrorTests
{
    [Fact]
    public void Bonding_gives_its_errors_in_order() => RuleScript.Run(StakingMarket.Open(), """
        op5: bond nobody v9 0 -> UserNotFound
        op5: bond op1 v1 1,000,000,000 -> InsufficientBalance
        op5: bond op1 v1 0 -> UnauthorizedOperator
        gateway: bond op1 v1 1 -> UnauthorizedOperator
        op5: bond op5 v5 0; bond op5 v5 -1; bond op5 v5 min; bond op5 v5 max -> InvalidAmount
        op5: bond op5 v1 1 -> ValidatorKeyTaken
        op1: bond op1 v5 1 -> ValidatorKeyTaken
        op5: bond op5 v5 499 -> StakeTooSmall
        op5: bond op5 v5 500 -> None
        op5: bond op5 v5 1 -> None
        op5: bond op5 v6 500 -> ValidatorKeyTaken
        op5: bond op5 v5 999,999,500 -> InsufficientBalance
        op5: bond op5 v5 999,999,499 -> None
        gateway: withdraw op5 1 -> InsufficientBalance
        op5: bid op5 home-spot 10,000 1 -> InsufficientBalance
        gateway: deposit grid 1,000 -> None
        grid: bond grid v7 1,000 -> SlashReceiver
        = op5 1,000,000,000 0 0 0
        """);

    [Fact]
    public void A_name_of_another_validator_is_taken() => RuleScript.Run(StakingMarket.Open(), """
        gateway: register v1; deposit v1 500; register v9; deposit v9 500 -> None
        v1: bond v1 v6 500 -> ValidatorNameTaken
        v9: bond v9 v6 500 -> None
        """);

    [Fact]
    public void Unbonding_gives_its_errors_in_order() => RuleScript.Run(StakingMarket.Open(), """
        op5: unbond nobody 0 -> UserNotFound
        op5: unbond op1 1,001 -> InsufficientBalance
        op5: unbond op1 1 -> UnauthorizedOperator
        op1: unbond op1 0; unbond op1 -1; unbond op1 min; unbond op1 max -> InvalidAmount
        op5: unbond op5 1 -> ValidatorNotFound
        op1: unbond op1 501; unbond op1 999 -> StakeTooSmall
        op1: unbond op1 500 -> None
        op1: unbond op1 501 -> InsufficientBalance
        op1: unbond op1 500; unbond op1 1 -> None InsufficientBalance
        op2: unbond op2 1,000 -> None
        op3: unbond op3 1,000 -> None
        op4: unbond op4 1,000 -> LastValidator
        op4: unbond op4 500 -> None
        op5: bond op5 v5 500 -> None
        op4: unbond op4 500 -> None
        op5: unbond op5 500 -> LastValidator
        """);

    [Fact]
    public void Unjailing_gives_its_errors_in_order()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, """
            op1: unjail nobody -> UserNotFound
            op2: unjail op1 -> UnauthorizedOperator
            op5: unjail op5 -> ValidatorNotFound
            op1: unjail op1 -> NotJailed
            """);
        market.Punish("v1");
        market.Wait(9);
        RuleScript.Run(market, """
            op1: unjail op1 -> StakeTooSmall
            op1: bond op1 v1 499 -> None
            op1: unjail op1 -> StillJailed
            """);
        market.Wait(1);
        RuleScript.Run(market, """
            op1: unjail op1 -> None
            op1: unjail op1 -> NotJailed
            """);
    }

    [Fact]
    public void A_closed_chain_refuses_stake() => RuleScript.Run(StakingMarket.Closed(), """
        op1: bond op1 v1 0 -> InvalidAmount
        op1: bond op1 v1 1 -> StakingClosed
        op1: unbond op1 1 -> StakingClosed
        op1: unjail op1 -> StakingClosed
        """);

    [Fact]
    public void A_validator_has_at_most_32_unbondings_that_wait()
    {
        MarketFixture market = StakingMarket.Open();
        RuleScript.Run(market, "op1: bond op1 v1 1,000 -> None");
        Command one = new Command.Unbond(Account("op1"), new Money(1));
        for (int i = 0; i < Limits.MaxUnbondingsPerValidator; i++)
        {
            Assert.Equal(LedgerError.None, market.RunOne("op1", one));
        }

        Assert.Equal(LedgerError.TooManyUnbondings, market.RunOne("op1", one));
        market.Wait(200);
        Assert.Equal(LedgerError.None, market.RunOne("op1", one));
    }

    [Fact]
    public void All_stake_together_has_a_bound()
    {
        MarketFixture market = StakingMarket.Open();
        StakingState staking = market.State.Staking;
        staking.Schedule = staking.Schedule with { Stake = new Money(Limits.MaxBalance - 500) };

        RuleScript.Run(market, """
            op5: bond op5 v5 501 -> AmountOverflow
            op5: bond op5 v5 500 -> None
            """);
    }

    [Fact]
    public void A_failing_atomic_batch_takes_bonds_back()
    {
        MarketFixture market = StakingMarket.Open();
        Hash32 before = market.State.Staking.InForce.Hash;
        RuleScript.Run(market, """
            op5 atomic: bond op5 v5 600; unbond op5 100; unjail op5 -> AtomicBatchFailed AtomicBatchFailed NotJailed
            = op5 1,000,000,000 0 0 0
            op5: unbond op5 1 -> ValidatorNotFound
            """);
        market.AssertSound();
        Assert.Equal(before, market.State.Staking.InForce.Hash);
        Assert.Equal(0, market.State.Staking.Schedule.Unbondings);
    }

    [Theory]
    [InlineData(0, 1, "a set epoch")]
    [InlineData(1_000_001, 1, "a set epoch")]
    [InlineData(1, 0, "the window")]
    [InlineData(1, 1_025, "the window")]
    [InlineData(1, 1, null)]
    [InlineData(1_000_000, 1_024, null)]
    public void The_timing_of_changes_has_bounds(int heights, int window, string? problem)
    {
        GenesisBlock genesis = StakingMarket.Open().Genesis with { SetTiming = new SetTiming(heights, window) };
        Expect(problem, genesis);
    }

    /// <summary>PBFT votes so many heights ahead: a set must be known before it does (R10).</summary>
    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(3, 4, "the window of set changes")]
    [InlineData(4, 4, null)]
    [InlineData(7, 8, "the window of set changes")]
    [InlineData(8, 8, null)]
    [InlineData(1_024, 8, null)]
    public void Changes_wait_at_least_for_the_heights_in_flight(int window, int inFlight, string? problem) => Expect(
        problem,
        StakingMarket.Open(ConsensusProtocol.Pbft).Genesis with
        {
            SetTiming = new SetTiming(16, window),
            ConsensusWindow = inFlight,
        });

    [Fact]
    public void The_rules_of_staking_have_bounds()
    {
        GenesisBlock genesis = StakingMarket.Open().Genesis;
        StakingParameters good = StakingMarket.Parameters;
        foreach ((StakingParameters rules, string? problem) in new (StakingParameters, string?)[]
        {
            (good with { UnbondingDelay = new Duration(999_999), JailTime = default }, "the unbonding delay"),
            (good with { UnbondingDelay = Duration.FromSeconds(1), JailTime = default }, null),
            (good with { UnbondingDelay = new Duration(Limits.MaxStakingDelayMicros) }, null),
            (good with { UnbondingDelay = new Duration(Limits.MaxStakingDelayMicros + 1) }, "the unbonding delay"),
            (good with { JailTime = Duration.FromSeconds(-1) }, "the jail time"),
            (good with { JailTime = Duration.FromSeconds(101) }, "the jail time"),
            (good with { JailTime = Duration.FromSeconds(100) }, null),
            (good with { CorrelationWindow = Duration.FromSeconds(-1) }, "the correlation window"),
            (good with { CorrelationWindow = new Duration(Limits.MaxStakingDelayMicros + 1) }, "the correlation"),
            (good with { Slash = good.Slash with { Amnesia = 1_000_001 } }, "a slash fraction"),
            (good with { Slash = good.Slash with { ForeignVote = -1 } }, "a slash fraction"),
            (good with { MaxValidators = 0 }, "the set may have"),
            (good with { MaxValidators = 101 }, "the set may have"),
            (good with { MaxValidators = 3 }, "each validator needs"),
            (good with { MinStake = Money.Zero }, "the least stake"),
            (good with { MinStake = new Money(StakingMarket.Stake) }, null),
            (good with { MinStake = new Money(StakingMarket.Stake + 1) }, "stake 0 of op1: StakeTooSmall"),
            (good with { SlashedTo = Account("op2") }, "stake 1 of op2: SlashReceiver"),
            (good with { SlashedTo = Account("nobody") }, "the account nobody"),
        })
        {
            Expect(problem, genesis with { Staking = rules });
        }
    }

    [Fact]
    public void The_stakes_of_a_genesis_fit_its_validators()
    {
        GenesisBlock genesis = StakingMarket.Open().Genesis;
        GenesisStake first = genesis.Stakes[0];
        foreach ((GenesisStake changed, string problem) in new (GenesisStake, string)[]
        {
            (first with { Stake = new Money(999) }, "InvalidAmount"),
            (first with { Operator = Account("op2") }, "stake 1 of op2: ValidatorKeyTaken"),
            (first with { Operator = Account("nobody") }, "UserNotFound"),
            (first with { Operator = Account("gateway") }, "InsufficientBalance"),
            (first with { Validator = Key("v2") }, "ValidatorNotFound"),
        })
        {
            Expect(problem, genesis with { Stakes = [changed, .. genesis.Stakes.Skip(1)] });
        }

        Expect("each validator needs", genesis with { Stakes = [first] });
        Expect("stakes are named", genesis with { Staking = null });
        Expect("InvalidAmount", genesis with { Consensus = ConsensusProtocol.Pbft });
    }

    private static void Expect(string? problem, GenesisBlock genesis)
    {
        bool builds = genesis.BuildState(out string? actual) is not null;
        Assert.Equal(problem is null, builds);
        Assert.Contains(problem ?? "", actual ?? "", StringComparison.Ordinal);
    }
}
