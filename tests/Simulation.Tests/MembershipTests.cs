using System.IO;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>Validators that join and leave in the middle of everything else that goes wrong.</summary>
public sealed class MembershipTests
{
    [Theory]
    [InlineData(ConsensusProtocol.Pbft, 4, 1, 40)]
    [InlineData(ConsensusProtocol.Pos, 4, 1, 40)]
    [InlineData(ConsensusProtocol.Pbft, 5, 3, 10)]
    [InlineData(ConsensusProtocol.Pos, 5, 3, 10)]
    public void Validators_come_and_go_and_all_nodes_agree(
        ConsensusProtocol protocol, int validators, int joiners, int seeds)
    {
        int changes = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            changes += Run(protocol, validators, joiners, (ulong)seed).SetChanges;
        }

        Assert.True(changes >= 2 * seeds, $"only {changes} changes in {seeds} runs");
    }

    [Fact]
    public void A_run_with_changes_repeats_itself()
    {
        SimulationReport first = Run(ConsensusProtocol.Pos, 4, 2, 3);
        Assert.Equal(first.TraceHash, Run(ConsensusProtocol.Pos, 4, 2, 3).TraceHash);
        Assert.NotEqual(first.TraceHash, Run(ConsensusProtocol.Pos, 4, 1, 3).TraceHash);
    }

    private static SimulationReport Run(ConsensusProtocol protocol, int validators, int joiners, ulong seed)
    {
        SimulationReport report = SimulatedCluster.Run(new SimulationOptions
        {
            Seed = seed,
            Protocol = protocol,
            Validators = validators,
            Joiners = joiners,
            Epochs = 16,
        });
        StringWriter text = new();
        foreach (Violation violation in report.Violations)
        {
            text.WriteLine(violation);
        }

        Assert.True(report.ExitCode == 0, $"{protocol} {validators}+{joiners} seed {seed}: {text}");
        return report;
    }
}
