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

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(32, 30, 28, 10)]
    public void A_stakeholder_who_lost_its_storage_is_silent_and_then_votes_again(params int[] powers)
    {
        int voting = 0;
        for (ulong seed = 1; seed <= 30; seed++)
        {
            Chaos chaos = Of(powers, liars: 0) with { LossPercent = 3, Crashes = 1, Batches = 60, Wipes = true };
            SimNet net = new(seed, chaos);
            net.Run();
            voting += net.Wiped!.IsSilent ? 0 : 1;
        }

        Assert.InRange(voting, 15, 30);
    }

    /// <summary>Without liars: who comes too late to find the chain new counts as faulty for a while. A third at stake
    /// cannot be told by the others.</summary>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(5, 3, 4)]
    [InlineData(40, 1, 1, 1, 1)]
    [InlineData(20, 32, 30, 28, 10)]
    [InlineData(20, 1, 1, 1, 97)]
    [InlineData(10, 30, 25, 15, 10, 10, 5, 5)]
    public void Blank_stakeholders_begin_a_chain_whatever_the_network_does(int seeds, params int[] powers) => RunSeeds(
        seeds, Of(powers, liars: 0) with { LossPercent = 15, Crashes = 3, Batches = 10, Blank = true });

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
