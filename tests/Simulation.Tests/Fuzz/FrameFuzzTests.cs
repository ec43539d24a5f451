using System;
using System.Globalization;
using System.Linq;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using Xunit;
using Xunit.Abstractions;

namespace EnergyNode.Simulation.Tests;

/// <summary>
/// Hostile frames of every type against whole nodes. <c>FUZZ_FRAMES</c> sets how many, <c>FUZZ_SEED</c> which.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class FrameFuzzTests(ITestOutputHelper output)
{
    private const int DefaultFrames = 20_000;
    private const int Protocols = 3;
    private const int Rounds = 8;

    /// <summary>The chain grows by some 200 KiB a round, and what is remembered of strangers has bounds.</summary>
    private const long HeapSlack = 2L * 1024 * 1024;

    /// <summary>Blocks never pause, and each carries k headers: some 400 KiB a round.</summary>
    private const long WorkHeapSlack = 6L * 1024 * 1024;

    private static readonly int Frames = Variable("FUZZ_FRAMES", DefaultFrames);
    private static readonly int Seed = Variable("FUZZ_SEED", 1);

    [Theory]
    [InlineData(ConsensusProtocol.Pbft, "0 1 2 3 4 5 10 11")]
    [InlineData(ConsensusProtocol.Pos, "4 5 6 7 8 9")]
    [InlineData(ConsensusProtocol.Pow, "4 5 16 17 18")]
    public void Hostile_frames_of_every_type_are_scored_and_change_nothing(ConsensusProtocol protocol, string tags)
    {
        FuzzedCluster cluster = new(protocol, Seed);
        cluster.WarmUp();
        FrameKind[] kinds =
        [
            FrameKind.BatchRequest, FrameKind.Batches, FrameKind.BlockRequest, FrameKind.Blocks,
            FrameKind.BatchAnnounce, FrameKind.Submit, FrameKind.Receipts, FrameKind.Query, FrameKind.Answer,
            FrameKind.VoteDigests, FrameKind.VoteRequest, FrameKind.Votes,
        ];
        Assert.Empty(kinds.Except(cluster.Types.Select(type => type.Kind)));
        Assert.Equal(tags, string.Join(' ', cluster.Types.Where(type => type.Kind == FrameKind.Consensus)
            .Select(type => type.Tag).Order()));

        long slack = protocol == ConsensusProtocol.Pow ? WorkHeapSlack : HeapSlack;
        int perRound = Frames / Protocols / Rounds;
        long before = 0;
        for (int round = 0; round < Rounds; round++)
        {
            cluster.Fuzz(perRound, FuzzedCluster.FirstFuzzedEpoch + round);
            long heap = FuzzedCluster.HeapBytes();
            output.WriteLine($"{protocol}: {(round + 1) * perRound} frames, {cluster.Refused} cut, {heap / 1024} KiB");
            before = round == 1 ? heap : before;
            Assert.True(round < 2 || heap < before + slack, $"the heap grew from {before} to {heap} bytes");
        }

        // No stranger survives more than some hundred hostile frames.
        Assert.True(cluster.Refused > Frames / Protocols / 200, $"only {cluster.Refused} strangers were cut off");
    }

    private static int Variable(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value)
            ? value
            : otherwise;
}
