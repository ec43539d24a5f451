using System;
using System.Linq;
using System.Numerics;
using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Books;
using EnergyNode.Market.Tests.Execution;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Staking;

/// <summary>Laws that hold whatever is bonded, unbonded, punished, unjailed and released, in whatever order.</summary>
public sealed class StakingPropertyTests
{
    private const int Seeds = 40;
    private const int Blocks = 120;

    [Fact]
    public void No_money_is_lost_and_none_made_in_random_lives()
    {
        for (uint seed = 1; seed <= Seeds; seed++)
        {
            RandomLife(seed);
        }
    }

    [Fact]
    public void The_penalty_is_what_exact_arithmetic_says()
    {
        Xorshift dice = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            long stake = Number(dice, Limits.MaxBalance);
            int fraction = (int)Number(dice, SlashFractions.Whole);
            BigInteger total = stake + ((BigInteger)Number(dice, Limits.MaxBalance) * Number(dice, 256));
            BigInteger offending = BigInteger.Max(stake, total * Number(dice, 1_000_000) / 1_000_000);

            BigInteger basic = (BigInteger)stake * fraction / 1_000_000;
            BigInteger expected = total.IsZero
                ? stake
                : BigInteger.Min(stake, basic + BigInteger.Min(stake, 3 * offending * stake / total));

            Assert.Equal(
                expected,
                SlashArithmetic.Amount(new Money(stake), fraction, (UInt128)offending, (UInt128)total).Micro);
        }
    }

    private static long Number(Xorshift dice, long max) =>
        (dice.Below(4) switch
        {
            0 => dice.Below(10),
            1 => max - dice.Below(10),
            _ => (long)(dice.Next() >> 1),
        }) % (max + 1);

    private static void RandomLife(uint seed)
    {
        Xorshift dice = new(seed);
        ConsensusProtocol protocol = seed % 2 == 0 ? ConsensusProtocol.Pos : ConsensusProtocol.Pbft;
        MarketFixture market = StakingMarket.Open(protocol, 1 + (int)dice.Below(4));
        MarketFixture twin = StakingMarket.Open(protocol, market.Genesis.SetTiming.Window);
        long epoch = 0;
        for (int i = 0; i < Blocks; i++)
        {
            ValidatorSet before = market.State.Staking.InForce;
            Height border = market.State.Staking.Schedule.Border;
            if (dice.Below(8) == 0)
            {
                string culprit = "v" + (1 + dice.Below(6));
                OffenceKind offence = (OffenceKind)dice.Below(5);
                Assert.Equal(market.Punish(culprit, offence), twin.Punish(culprit, offence));
            }

            market.Wait(dice.Below(20));
            SignedBatch[] batches = [.. Enumerable.Range(0, (int)dice.Below(3)).Select(_ => Batch(market, dice))];
            if (dice.Below(6) == 0)
            {
                batches = [.. batches, market.Sign("gateway", BatchFlags.None, Close(epoch++))];
            }

            Hash32 root = market.Execute(batches).StateRoot;
            market.AssertSound();
            bool changed = market.State.Staking.InForce.Hash != before.Hash;
            Assert.Equal(border > Height.Genesis && border == market.Height.Next, changed);
            (Block block, SignedBatch[] same) = market.History[^1];
            Assert.Equal(root, twin.Execute(block, same).StateRoot);
        }
    }

    private static SignedBatch Batch(MarketFixture market, Xorshift dice)
    {
        string name = "op" + (1 + dice.Below(5));
        AccountId account = Account(name);
        BatchFlags flags = dice.Below(4) == 0 ? BatchFlags.Atomic : BatchFlags.None;
        Command[] commands = [.. Enumerable.Range(0, 1 + (int)dice.Below(3)).Select(_ => One(account, dice))];
        return market.Sign(name, flags, commands);
    }

    private static Command One(AccountId account, Xorshift dice) => dice.Below(5) switch
    {
        0 or 1 => new Command.Bond(
            account,
            Key("v" + (dice.Below(8) == 0 ? 1 + dice.Below(6) : account.ToString()[2] - '0')),
            new Money(dice.Below(2_000))),
        2 or 3 => new Command.Unbond(account, new Money(dice.Below(1_200))),
        _ => new Command.Unjail(account),
    };
}
