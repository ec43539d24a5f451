using System;
using System.Globalization;
using EnergyNode.Consensus.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace EnergyNode.Consensus.Tests;

/// <summary>
/// Agreement, no double vote and no vote before it is durable in any run; everything decided and certified after
/// healing.
/// PBFT_SEED=7 runs one seed, PBFT_SEEDS=1000 runs more of them.
/// </summary>
public sealed class NetworkTests(ITestOutputHelper output)
{
    [Fact]
    public void Four_validators_agree_whatever_the_network_does() =>
        RunSeeds(200, new Chaos(4, Liars: 0, LossPercent: 15, DuplicatePercent: 5, Crashes: 4, Batches: 20));

    [Fact]
    public void Four_validators_agree_with_a_liar_among_them() =>
        RunSeeds(300, new Chaos(4, Liars: 1, LossPercent: 8, DuplicatePercent: 5, Crashes: 2, Batches: 20));

    [Fact]
    public void Seven_validators_agree_with_two_liars_among_them() =>
        RunSeeds(100, new Chaos(7, Liars: 2, LossPercent: 5, DuplicatePercent: 5, Crashes: 2, Batches: 12));

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 1)]
    [InlineData(2, 0)]
    [InlineData(1, 0)]
    public void Other_sizes_agree(int validators, int liars) =>
        RunSeeds(10, new Chaos(validators, liars, LossPercent: 5, DuplicatePercent: 5, Crashes: 2, Batches: 6));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Any_window_agrees(int window) => RunSeeds(
        40,
        new Chaos(4, Liars: 1, LossPercent: 8, DuplicatePercent: 5, Crashes: 2, Batches: 20) { Window = window });

    [Fact]
    public void Who_lost_its_storage_is_silent_and_then_votes_again()
    {
        int voting = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            SimNet net = new(
                seed,
                new Chaos(4, Liars: 0, LossPercent: 3, DuplicatePercent: 5, Crashes: 1, Batches: 90)
                {
                    Wipes = true,
                    Window = 2,
                });
            net.Run();
            voting += net.Wiped!.IsSilent ? 0 : 1;
        }

        Assert.InRange(voting, 20, 40);
    }

    /// <summary>Without liars: who comes too late to find the chain new counts as faulty for a while.</summary>
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5)]
    [InlineData(3, 20)]
    [InlineData(4, 100)]
    [InlineData(7, 20)]
    public void Blank_validators_begin_a_chain_whatever_the_network_does(int validators, int seeds) =>
        RunSeeds(
            seeds,
            new Chaos(validators, Liars: 0, LossPercent: 15, DuplicatePercent: 5, Crashes: 3, Batches: 10)
            {
                Blank = true,
            });

    [Fact]
    public void Several_heights_in_flight_decide_more_in_the_same_time()
    {
        long one = Millis(window: 1);
        long four = Millis(window: 4);
        output.WriteLine($"window 1: {one} ms, 4: {four} ms");
        Assert.InRange(four, Chaos.HealsAt, one * 2 / 3);
    }

    /// <summary>Virtual time until four machines have decided 400 batches, two in a block.</summary>
    private static long Millis(int window)
    {
        SimNet net = new(
            7,
            new Chaos(4, Liars: 0, LossPercent: 0, DuplicatePercent: 0, Crashes: 0, Batches: 400, Grudges: 0)
            {
                Window = window,
            });
        net.Run();
        return net.Now;
    }

    private static void RunSeeds(int count, Chaos chaos)
    {
        ulong first = NumberFrom("PBFT_SEED") ?? 1;
        ulong seeds = NumberFrom("PBFT_SEEDS") ?? (NumberFrom("PBFT_SEED") is null ? (ulong)count : 1);
        for (ulong seed = first; seed < first + seeds; seed++)
        {
            try
            {
                new SimNet(seed, chaos).Run();
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"PBFT_SEED={seed} {chaos}: {failure.Message}", failure);
            }
        }
    }

    private static ulong? NumberFrom(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
