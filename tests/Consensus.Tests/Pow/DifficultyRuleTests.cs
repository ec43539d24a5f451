using System;
using EnergyNode.Consensus.Pow;
using EnergyNode.Consensus.Tests.Support;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pow;

public sealed class DifficultyRuleTests
{
    private static readonly WorkParameters Second = new(Duration.FromSeconds(1), 6, new Difficulty(16_000));

    /// <summary>Milliseconds since the parent, whose difficulty is 16,000; the step is 693 ms.</summary>
    [Theory]
    [InlineData(1, 17_000)]
    [InlineData(692, 17_000)]
    [InlineData(693, 16_000)]
    [InlineData(1_385, 16_000)]
    [InlineData(1_386, 15_000)]
    [InlineData(6_236, 9_000)]
    [InlineData(6_237, 8_000)]
    [InlineData(100_000_000, 8_000)]
    public void A_block_is_at_most_a_sixteenth_harder_and_at_least_half_as_hard(long millis, long expected) =>
        Assert.Equal(new Difficulty(expected), After(16_000, millis));

    [Theory]
    [InlineData(63, 100_000, 62)]
    [InlineData(62, 100_000, 62)]
    [InlineData(1L << 50, 1, 1L << 50)]
    [InlineData((1L << 50) - 1, 1, 1L << 50)]
    public void It_stays_within_its_bounds(long parent, long millis, long expected) =>
        Assert.Equal(new Difficulty(expected), After(parent, millis));

    [Fact]
    public void The_first_block_has_the_first_difficulty()
    {
        FinalBlock unmined = new(new Height(7), Hash32.Zero, new Instant(1), null);
        Assert.Equal(Second.InitialDifficulty, DifficultyRule.After(Second, unmined, new Instant(9_000_000_000)));
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(64_000)]
    [InlineData(3_000_000)]
    public void Blocks_take_the_block_time_whatever_the_hash_power(long hashesPerSecond)
    {
        Xorshift random = new((ulong)hashesPerSecond);
        FinalBlock parent = new(new Height(1), Hash32.Zero, new Instant(0), Second.InitialDifficulty);
        long begun = 0;
        const int Settled = 300;
        const int Measured = 4_000;
        for (int i = 0; i < Settled + Measured; i++)
        {
            begun = i == Settled ? parent.Time.Micros : begun;
            parent = Mine(parent, hashesPerSecond, random);
        }

        double meanSeconds = (parent.Time.Micros - begun) / 1e6 / Measured;
        Assert.InRange(meanSeconds, 0.9, 1.1);
    }

    /// <summary>A block renewed every quarter of a step, as the machine does it: each renewal may succeed.</summary>
    private static FinalBlock Mine(FinalBlock parent, long hashesPerSecond, Xorshift random)
    {
        long slice = DifficultyRule.Step(Second).Micros / 4;
        long time = parent.Time.Micros + 1 + random.Next((int)slice);
        while (true)
        {
            Difficulty difficulty = DifficultyRule.After(Second, parent, new Instant(time));
            double chance = 1 - Math.Exp(-hashesPerSecond * (slice / 1e6) / difficulty.Hashes);
            if (random.Next(1_000_000) < chance * 1e6)
            {
                return new FinalBlock(parent.Height.Next, Hash32.Zero, new Instant(time), difficulty);
            }

            time += slice;
        }
    }

    private static Difficulty After(long parent, long millis) => DifficultyRule.After(
        Second,
        new FinalBlock(new Height(7), Hash32.Zero, new Instant(50), new Difficulty(parent)),
        new Instant(50 + (millis * 1_000)));
}
