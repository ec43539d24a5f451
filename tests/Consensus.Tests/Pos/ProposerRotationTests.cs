using System;
using System.Linq;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pos;

/// <summary>Turns are proportional to stake, over whole cycles exactly, and at any time up to rounding.</summary>
public sealed class ProposerRotationTests
{
    private static readonly Arbitrary<int[]> Powers =
        Gen.Choose(1, 30).ArrayOf().Where(powers => powers.Length is > 0 and < 9).ToArbitrary();

    [Fact]
    public void A_cycle_gives_each_validator_as_many_turns_as_it_has_power() =>
        Prop.ForAll(Powers, powers =>
        {
            ValidatorSet set = SetOf(powers);
            int[] turns = new int[powers.Length];
            for (int turn = 0; turn < powers.Sum(); turn++)
            {
                turns[ProposerRotation.At(set, (UInt128)turn).Value]++;
            }

            return turns.SequenceEqual(powers);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void At_any_time_turns_are_proportional_up_to_rounding() =>
        Prop.ForAll(Powers, powers =>
        {
            ValidatorSet set = SetOf(powers);
            int total = powers.Sum();
            int[] turns = new int[powers.Length];
            for (int turn = 1; turn <= total; turn++)
            {
                turns[ProposerRotation.At(set, (UInt128)(turn - 1)).Value]++;
                for (int i = 0; i < powers.Length; i++)
                {
                    // |turns − t·w/T| < 1 + N·w/2T, times 2T
                    int error = Math.Abs((turns[i] * 2 * total) - (turn * 2 * powers[i]));
                    if (error >= (2 * total) + (powers.Length * powers[i]))
                    {
                        return false;
                    }
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_turn_is_that_of_the_lowest_priority_time_counted_from_the_first() =>
        Prop.ForAll(Powers, powers =>
        {
            ValidatorSet set = SetOf(powers);
            int[] taken = new int[powers.Length];
            for (int turn = 0; turn < 200; turn++)
            {
                int next = Enumerable.Range(0, powers.Length)
                    .MinBy(i => (((2m * taken[i]) + 1) / powers[i], i));
                taken[next]++;
                if (ProposerRotation.At(set, (UInt128)turn).Value != next)
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0123012301", 1, 1, 1, 1)]
    [InlineData("0120130210", 40, 30, 20, 10)]
    [InlineData("0000000000", 97, 1, 1, 1)]
    public void Golden_turns(string expected, params int[] powers)
    {
        ValidatorSet set = SetOf(powers);
        Assert.Equal(expected, string.Concat(
            Enumerable.Range(1, 10).Select(h => ProposerRotation.Proposer(set, new Height(h), View.Zero))));
    }

    [Fact]
    public void Each_round_takes_the_next_turn()
    {
        ValidatorSet set = SetOf([40, 30, 20, 10]);
        for (int h = 1; h < 50; h++)
        {
            Assert.Equal(
                ProposerRotation.Proposer(set, new Height(h + 3), View.Zero),
                ProposerRotation.Proposer(set, new Height(h), new View(3)));
        }
    }

    [Fact]
    public void The_largest_set_and_the_last_height_overflow_nothing()
    {
        long[] powers = [.. Enumerable.Range(0, Ledger.Limits.MaxValidators).Select(i => long.MaxValue - i)];
        ValidatorSet set = new Community(ConsensusProtocol.Pos, powers).Set;
        Height last = new(Limits.MaxHeight);
        Assert.True(set.Contains(ProposerRotation.Proposer(set, last, new View(Limits.MaxView))));
        UInt128 total = new VotingPower(set, QuorumRule.Power).Total;
        Assert.True(set.Contains(ProposerRotation.At(set, total - 1)));
        Assert.Equal(ProposerRotation.At(set, 5), ProposerRotation.At(set, total + 5));
    }

    private static ValidatorSet SetOf(int[] powers) =>
        new Community(ConsensusProtocol.Pos, Array.ConvertAll(powers, power => (long)power)).Set;
}
