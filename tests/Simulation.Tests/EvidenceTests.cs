using System.Linq;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

public sealed class EvidenceTests
{
    [Theory]
    [InlineData(ConsensusProtocol.Pbft, 4)]
    [InlineData(ConsensusProtocol.Pbft, 7)]
    [InlineData(ConsensusProtocol.Pos, 4)]
    public void Who_tells_each_half_another_vote_is_proved_to_lie_and_cut_off(
        ConsensusProtocol protocol, int validators)
    {
        SimulationReport report = SimulatedCluster.Run(new SimulationOptions
        {
            Seed = 3,
            Protocol = protocol,
            Validators = validators,
            Faults = FaultPlan.Calm(Duration.FromSeconds(10)),
            LivenessLimit = Duration.FromSeconds(1),
            Sabotage = new Sabotage
            {
                Liars = [3],
                Consensus = (node, machine) => node == 3 ? new SplitVoter(machine, 3, validators) : machine,
            },
        });

        // The liar is cut off, so it never has all blocks.
        Assert.Empty(report.Violations
            .Where(violation => violation.Kind != ViolationKind.Liveness).Select(violation => violation.ToString()));
        Assert.True(report.Evidence.ProvableFaults > 0);
        Assert.InRange(report.Evidence.Committed, 1, report.Evidence.ProvableFaults);
        Assert.Equal(0, report.Evidence.FalseAccusations);
        Assert.InRange(report.Evidence.MaxDetection!.Value.Micros, 0, Instant.MicrosPerSecond);
        Assert.InRange(report.Evidence.MaxIsolation!.Value.Micros, 0, Instant.MicrosPerSecond);
    }
}
