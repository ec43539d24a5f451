using System.Collections.Generic;
using System.IO;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>The chain changes its protocol while it runs, in the middle of all that goes wrong.</summary>
public sealed class ProtocolChangeTests
{
    private const ConsensusProtocol Pbft = ConsensusProtocol.Pbft;
    private const ConsensusProtocol Pos = ConsensusProtocol.Pos;
    private const ConsensusProtocol Pow = ConsensusProtocol.Pow;

    [Theory]
    [InlineData(Pow, Pos, Pbft, 12)]
    [InlineData(Pbft, Pos, Pow, 12)]
    [InlineData(Pos, Pow, Pos, 12)]
    [InlineData(Pbft, Pos, Pbft, 12)]
    public void All_nodes_change_at_one_height_under_faults(
        ConsensusProtocol first, ConsensusProtocol second, ConsensusProtocol third, int seeds)
    {
        for (int seed = 1; seed <= seeds; seed++)
        {
            Run(new SimulationOptions
            {
                Seed = (ulong)seed,
                Protocol = first,
                Changes = [second, third],
                Epochs = 30,
            });
        }
    }

    /// <summary>Every height of the first half minute is once the one at which a node dies or comes back.</summary>
    [Theory]
    [InlineData(Pow, Pbft)]
    [InlineData(Pbft, Pos)]
    [InlineData(Pos, Pow)]
    public void A_crash_at_the_border_loses_nothing(ConsensusProtocol first, ConsensusProtocol second)
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            Run(Calm((ulong)seed, first, second, Crashes()));
        }
    }

    [Theory]
    [InlineData(Pow, Pos)]
    [InlineData(Pbft, Pow)]
    [InlineData(Pos, Pbft)]
    public void Who_sleeps_through_the_change_catches_up_over_it(ConsensusProtocol first, ConsensusProtocol second)
    {
        List<FaultEvent> sleep =
        [
            new FaultEvent.Crash(Duration.FromMillis(1_500), 3),
            new FaultEvent.Restart(Duration.FromMillis(29_000), 3),
        ];
        for (int seed = 1; seed <= 3; seed++)
        {
            SimulationReport report = Run(Calm((ulong)seed, first, second, sleep));
            Assert.True(report.Height > new Height(12), $"only {report.Height} blocks");
        }
    }

    /// <summary>Powers are stakes under PoS and one under PBFT: the set changes with the protocol.</summary>
    [Theory]
    [InlineData(Pbft, Pos)]
    [InlineData(Pos, Pbft)]
    public void Validators_come_and_go_around_the_change(ConsensusProtocol first, ConsensusProtocol second)
    {
        for (int seed = 1; seed <= 6; seed++)
        {
            SimulationReport report = Run(new SimulationOptions
            {
                Seed = (ulong)seed,
                Protocol = first,
                Changes = [second],
                Joiners = 1,
                Epochs = 30,
                Kinds = FaultKinds.None,
            });
            Assert.True(report.SetChanges >= 2, $"only {report.SetChanges} changes of the set");
        }
    }

    [Fact]
    public void A_run_with_changes_repeats_itself()
    {
        SimulationOptions options = new() { Seed = 5, Protocol = Pow, Changes = [Pos, Pbft] };
        SimulationReport first = Run(options);
        Assert.Equal(first.TraceHash, Run(options).TraceHash);
        Assert.NotEqual(first.TraceHash, Run(options with { Changes = [Pbft, Pos] }).TraceHash);
    }

    private static List<FaultEvent> Crashes()
    {
        List<FaultEvent> events = [];
        for (int i = 0; i < 27; i++)
        {
            events.Add(new FaultEvent.Crash(Duration.FromMillis(1_000 + (i * 1_000)), i % 4));
            events.Add(new FaultEvent.Restart(Duration.FromMillis(1_600 + (i * 1_000)), i % 4));
        }

        return events;
    }

    private static SimulationOptions Calm(
        ulong seed, ConsensusProtocol first, ConsensusProtocol second, IReadOnlyList<FaultEvent> events) => new()
        {
            Seed = seed,
            Protocol = first,
            Changes = [second],
            Epochs = 36,
            Faults = FaultPlan.Calm(Duration.FromSeconds(30)) with { Timeline = events },
        };

    private static SimulationReport Run(SimulationOptions options)
    {
        SimulationReport report = SimulatedCluster.Run(options);
        StringWriter text = new();
        foreach (Violation violation in report.Violations)
        {
            text.WriteLine(violation);
        }

        Assert.True(report.ExitCode == 0, $"{SimulationCommand.Replay(options)}: {text}");
        Assert.Equal(options.Changes.Count, report.ProtocolChanges);
        return report;
    }
}
