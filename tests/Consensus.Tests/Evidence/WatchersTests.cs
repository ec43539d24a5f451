using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Evidence;

public sealed class WatchersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(31)]
    [InlineData(100)]
    public void Those_of_equal_power_include_an_honest_one_and_change_with_each_telling(int count)
    {
        ValidatorSet set = new Community(count).Set;
        for (long height = 1; height < 2_000; height += 7)
        {
            IReadOnlyList<PublicKey> first = Watchers.Of(set, new Height(height), 0).Keys;
            IReadOnlyList<PublicKey> second = Watchers.Of(set, new Height(height), 1).Keys;

            Assert.Equal((count / 3) + 1, first.Count);
            Assert.Equal(first.Count, first.Distinct().Count());
            Assert.Equal(Math.Min(count, 2 * first.Count), first.Union(second).Count());
        }
    }

    [Fact]
    public void With_unequal_power_they_have_more_than_a_third_of_it_and_are_more_than_a_third()
    {
        Random random = new(5);
        for (int round = 0; round < 300; round++)
        {
            int count = random.Next(1, 40);
            long[] powers =
                [.. Enumerable.Range(0, count).Select(_ => random.Next(10) == 0 ? random.Next(99_999) : 1L)];
            ValidatorSet set = new Community(ConsensusProtocol.Pos, powers).Set;
            for (int telling = 0; telling < Limits.DigestTellings; telling++)
            {
                IReadOnlyList<PublicKey> keys = Watchers.Of(set, new Height(random.Next(1, 9_999)), telling).Keys;
                long power = keys.Sum(key => set[set.IndexOf(key)!.Value].Power);

                Assert.True(3 * power > powers.Sum());
                Assert.True(keys.Count > set.MaxFaulty);
                Assert.Equal(keys.Count, keys.Distinct().Count());
            }
        }
    }

    [Fact]
    public void Each_validator_has_its_turn_and_heights_of_one_block_have_the_same()
    {
        ValidatorSet set = new Community(31).Set;
        HashSet<PublicKey> seen = [];
        for (long height = 0; height < 31 * Limits.HeightsWatchedTogether; height += Limits.HeightsWatchedTogether)
        {
            Watchers first = Watchers.Of(set, new Height(height), 0);
            Watchers last = Watchers.Of(set, new Height(height + Limits.HeightsWatchedTogether - 1), 0);
            Assert.Equal(first.Keys, last.Keys);
            seen.UnionWith(first.Keys);
        }

        Assert.Equal(31, seen.Count);
    }
}
