using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>Disks are lost where protocol or set change: nobody contradicts an earlier life (SWITCH-8).</summary>
public sealed class LostStorageTests
{
    private const ConsensusProtocol Pbft = ConsensusProtocol.Pbft;
    private const ConsensusProtocol Pos = ConsensusProtocol.Pos;
    private const ConsensusProtocol Pow = ConsensusProtocol.Pow;

    [Theory]
    [InlineData(Pow, Pbft)]
    [InlineData(Pow, Pos)]
    [InlineData(Pbft, Pos)]
    [InlineData(Pos, Pbft)]
    public void Who_lost_its_disk_after_the_change_keeps_the_promises_of_its_earlier_life(
        ConsensusProtocol first, ConsensusProtocol second)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            SimulationReport report = SimulatedCluster.Run(Lost((ulong)seed, first, second, null));
            Assert.True(report.ExitCode == 0, $"seed {seed}: {string.Join("; ", report.Violations)}");
            Assert.Equal(1, report.ProtocolChanges);
        }
    }

    [Theory]
    [InlineData(Pow, Pbft)]
    [InlineData(Pow, Pos)]
    [InlineData(Pbft, Pos)]
    [InlineData(Pos, Pbft)]
    public void If_the_doubt_were_dropped_at_the_border_it_would_contradict_itself(
        ConsensusProtocol first, ConsensusProtocol second)
    {
        bool isCaught = false;
        for (int seed = 1; seed <= 12 && !isCaught; seed++)
        {
            Sabotage drop = new() { Consensus = static (_, machine) => new Forgetful(machine) };
            SimulationReport report = SimulatedCluster.Run(Lost((ulong)seed, first, second, drop));
            isCaught = report.Violations.Any(violation => violation.Kind == ViolationKind.DoubleVote);
        }

        Assert.True(isCaught, "nobody noticed");
    }

    [Theory]
    [InlineData(Pbft)]
    [InlineData(Pos)]
    public void Who_joined_late_and_lost_its_disk_keeps_the_promises_of_its_earlier_life(ConsensusProtocol protocol)
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            SimulationReport report = SimulatedCluster.Run(new SimulationOptions
            {
                Seed = (ulong)seed,
                Protocol = protocol,
                Joiners = 1,
                Epochs = 36,
                Faults = FaultPlan.Calm(Duration.FromSeconds(30)) with { Timeline = Losses(4, 14_000) },
            });
            Assert.True(report.ExitCode == 0, $"seed {seed}: {string.Join("; ", report.Violations)}");
            Assert.True(report.SetChanges >= 2, $"only {report.SetChanges} changes of the set");
        }
    }

    [Theory]
    [InlineData(Pow, Pos, Pbft)]
    [InlineData(Pbft, Pos, Pbft)]
    [InlineData(Pos, Pow, Pbft)]
    public void Disks_may_fail_wherever_protocols_change(
        ConsensusProtocol first, ConsensusProtocol second, ConsensusProtocol third)
    {
        for (int seed = 101; seed <= 108; seed++)
        {
            SimulationReport report = SimulatedCluster.Run(new SimulationOptions
            {
                Seed = (ulong)seed,
                Protocol = first,
                Changes = [second, third],
                Epochs = 30,
                Kinds = FaultKinds.Disk,
            });
            Assert.True(report.ExitCode == 0, $"seed {seed}: {string.Join("; ", report.Violations)}");
        }
    }

    /// <summary>It dies once more half-way through catching up: what it had not found out is still in doubt.</summary>
    private static List<FaultEvent> Losses(int node, int millis) =>
    [
        new FaultEvent.Wipe(Duration.FromMillis(millis), node),
        new FaultEvent.Restart(Duration.FromMillis(millis + 100), node),
        new FaultEvent.Crash(Duration.FromMillis(millis + 250), node),
        new FaultEvent.Restart(Duration.FromMillis(millis + 400), node),
    ];

    /// <summary>
    /// While two halves decide nothing, a validator that has voted loses its disk, and votes are asked of it again.
    /// </summary>
    private static SimulationOptions Lost(
        ulong seed, ConsensusProtocol first, ConsensusProtocol second, Sabotage? sabotage)
    {
        int split = 27_000 + ((int)seed * 300);
        List<FaultEvent> timeline =
        [
            new FaultEvent.Partition(Duration.FromMillis(split), [[0, 1], [2, 3]]),
            .. Losses(0, split + 1_500),
            new FaultEvent.Heal(Duration.FromMillis(split + 4_500)),
        ];
        return new SimulationOptions
        {
            Seed = seed,
            Protocol = first,
            Changes = [second],
            Epochs = 60,
            Faults = FaultPlan.Calm(Duration.FromSeconds(40)) with { Timeline = timeline },
            Sabotage = sabotage,
        };
    }

    /// <summary>A machine that is not told of the doubt when it takes over from another one.</summary>
    private sealed class Forgetful(IConsensus inner) : IConsensus
    {
        public ConsensusStatus Status => inner.Status;

        public void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects) => inner.Step(
            input is ConsensusInput.Started started && inner.Status.Height > Height.Genesis.Next
                ? started with { Doubt = null }
                : input,
            now,
            effects);

        public Hash32 Digest() => inner.Digest();
    }
}
