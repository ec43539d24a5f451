using System;
using System.Globalization;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pos;

/// <summary>
/// Agreement, no double vote and no vote before it is durable in any run; everything decided and certified after
/// healing, while liars hold less than a third of the stake. They equivocate (two replicas with one key), withhold,
/// forget their promises, repeat what they heard and vote for anything.
/// POS_SEED=7 runs one seed, POS_SEEDS=1000 runs more of them.
/// </summary>
public sealed class PosNetworkTests
{
    [Theory]
    [InlineData(100, 1, 1, 1, 1)]
    [InlineData(50, 40, 30, 20, 10)]
    [InlineData(50, 1, 1, 1, 97)]
    public void Four_validators_agree_whatever_the_network_does(int seeds, params int[] powers) =>
        RunSeeds(seeds, Of(powers, liars: 0) with { LossPercent = 15, Crashes = 4, Batches = 20 });

    [Theory]
    [InlineData(150, 1, 1, 1, 1)]
    [InlineData(100, 32, 30, 28, 10)]
    [InlineData(50, 1, 1, 1, 97)]
    public void Four_validators_agree_with_liars_of_little_stake_among_them(int seeds, params int[] powers) =>
        RunSeeds(seeds, Of(powers, liars: 3) with { LossPercent = 8, Batches = 20 });

    [Theory]
    [InlineData(40, 1, 1, 1, 1, 1, 1, 1)]
    [InlineData(40, 30, 25, 15, 10, 10, 5, 5)]
    public void Seven_validators_agree_with_liars_of_little_stake_among_them(int seeds, params int[] powers) =>
        RunSeeds(seeds, Of(powers, liars: 4));

    [Theory]
    [InlineData(10, 1)]
    [InlineData(10, 3, 4)]
    [InlineData(30, 1, 1, 1)]
    [InlineData(10, 5, 5, 5, 4, 1)]
    [InlineData(30, 1, 1, 1, 1, 1, 1)]
    public void Other_sizes_agree(int seeds, params int[] powers) => RunSeeds(seeds, Of(powers, liars: 1));

    private static Chaos Of(int[] powers, int liars) =>
        new(powers.Length, liars, LossPercent: 5, DuplicatePercent: 5, Crashes: 2, Batches: 12)
        {
            Protocol = ConsensusProtocol.Pos,
            Powers = Array.ConvertAll(powers, power => (long)power),
        };

    private static void RunSeeds(int count, Chaos chaos)
    {
        ulong first = NumberFrom("POS_SEED") ?? 1;
        ulong seeds = NumberFrom("POS_SEEDS") ?? (NumberFrom("POS_SEED") is null ? (ulong)count : 1);
        for (ulong seed = first; seed < first + seeds; seed++)
        {
            try
            {
                new SimNet(seed, chaos).Run();
            }
            catch (Exception failure)
            {
                string powers = string.Join(',', chaos.Powers);
                throw new InvalidOperationException($"POS_SEED={seed} {powers}: {failure.Message}", failure);
            }
        }
    }

    private static ulong? NumberFrom(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
