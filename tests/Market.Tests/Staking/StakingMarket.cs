using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Staking;

/// <summary>Four validators v1 … v4 of the accounts op1 … op4, an outsider op5, and nothing else going on.</summary>
internal static class StakingMarket
{
    public const long Stake = 1_000;
    public const int SetEpochHeights = 3;

    public static readonly StakingParameters Parameters = new(
        Duration.FromSeconds(100),
        Duration.FromSeconds(10),
        Duration.FromSeconds(50),
        new SlashFractions(50_000, 10_000, 100_000, 0, 1_000_000),
        4,
        new Money(500),
        AccountId.Parse("grid"));

    private static readonly string[] Accounts = ["op1", "op2", "op3", "op4", "op5"];

    public static MarketFixture Open(
        ConsensusProtocol protocol = ConsensusProtocol.Pos,
        int window = 1,
        StakingParameters? parameters = null,
        MarketClock clock = MarketClock.Oracle,
        bool council = false)
    {
        bool byStake = protocol == ConsensusProtocol.Pos;
        return new MarketFixture(Accounts, clock, change: genesis => genesis with
        {
            Consensus = protocol,
            Validators = new ValidatorSet(Enumerable.Range(1, 4).Select(
                i => new Validator(Label.Parse("v" + i), Key("v" + i), byStake ? Stake : 1))),
            Accounts = council ? WithCouncil(genesis) : genesis.Accounts,
            SetTiming = new SetTiming(SetEpochHeights, window),
            ConsensusWindow = 1,
            Staking = parameters ?? Parameters,
            Stakes =
            [
                .. Enumerable.Range(1, 4).Select(
                    i => new GenesisStake(Key("v" + i), Account("op" + i), new Money(Stake))),
            ],
        });
    }

    /// <summary>PBFT or PoS without stakes: the set changes by punishment and by the governance, which is c1.</summary>
    public static MarketFixture Closed(int validators = 4, ConsensusProtocol protocol = ConsensusProtocol.Pbft) =>
        new(Accounts, change: genesis => genesis with
        {
            Consensus = protocol,
            Accounts = WithCouncil(genesis),
            Validators = new ValidatorSet(Enumerable.Range(1, validators).Select(
                i => new Validator(Label.Parse("v" + i), Key("v" + i), 7))),
            SetTiming = new SetTiming(SetEpochHeights, 1),
            ConsensusWindow = 1,
        });

    private static IReadOnlyList<GenesisAccount> WithCouncil(GenesisBlock genesis) =>
    [
        .. genesis.Accounts,
        new GenesisAccount(Account("c1"), UserKind.Operator, Role.Governance, Key("c1"), Money.Zero),
    ];

    public static Punishment Punish(
        this MarketFixture market, string validator, OffenceKind offence = OffenceKind.DoubleVote) =>
        new ValidatorRules(market.State, new Postings(market.State)).Punish(
            Key(validator), offence, market.Height, market.Now);

    public static void Wait(this MarketFixture market, long seconds) =>
        market.Now = market.Now.Plus(Duration.FromSeconds(seconds));

    /// <summary>Executes empty blocks until this height.</summary>
    public static void RunTo(this MarketFixture market, long height)
    {
        while (market.Height.Value < height)
        {
            market.Wait(1);
            market.Execute();
        }
    }

    /// <summary>Names and powers of the set that decides the next height.</summary>
    public static string Set(this MarketFixture market) => string.Join(
        ' ', market.State.Staking.InForce.Validators.Select(validator => $"{validator.Name}:{validator.Power}"));

    public static StakedValidator Row(this MarketFixture market, string validator) =>
        market.State.Staking.Validators[Key(validator)];

    /// <summary>What every state must satisfy, however it came about.</summary>
    public static void AssertSound(this MarketFixture market)
    {
        StakingState staking = market.State.Staking;
        Dictionary<PublicKey, (long Amount, long Count)> queued = [];
        foreach (UnbondingKey key in staking.Unbondings.Keys)
        {
            Unbonding entry = staking.Unbondings[key];
            Assert.True(entry.Amount > Money.Zero);
            (long amount, long count) = queued.GetValueOrDefault(entry.Validator);
            queued[entry.Validator] = (amount + entry.Amount.Micro, count + 1);
        }

        long total = 0;
        Dictionary<AccountId, long> bonded = [];
        foreach (PublicKey key in staking.Validators.Keys)
        {
            StakedValidator row = staking.Validators[key];
            Assert.True(row.Bonded >= Money.Zero);
            Assert.Equal(queued.GetValueOrDefault(key), (row.Unbonding.Micro, row.Waiting));
            Assert.Equal(key, staking.ByOperator[row.Operator!.Value]);
            total += row.AtRisk.Micro;
            bonded[row.Operator!.Value] = row.AtRisk.Micro;
        }

        Assert.Equal(staking.Validators.Count, staking.ByOperator.Count);
        Assert.Equal(staking.Schedule.Stake.Micro, total);
        foreach (AccountId account in market.State.Balances.Keys)
        {
            Assert.Equal(bonded.GetValueOrDefault(account), market.State.Balances[account].Bonded.Micro);
        }

        Assert.InRange(staking.InForce.Count, 1, Math.Max(4, market.Genesis.Validators.Count));
    }
}
