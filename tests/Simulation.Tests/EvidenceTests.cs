using System.Linq;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

public sealed class EvidenceTests
{
    private const int Liar = 3;

    /// <param name="joiners">Above 0, the chain is open: the liar is slashed and jailed, else it is removed.</param>
    [Theory]
    [InlineData(ConsensusProtocol.Pbft, 4, 0)]
    [InlineData(ConsensusProtocol.Pbft, 7, 0)]
    [InlineData(ConsensusProtocol.Pos, 4, 0)]
    [InlineData(ConsensusProtocol.Pbft, 5, 1)]
    [InlineData(ConsensusProtocol.Pos, 5, 1)]
    public void Who_tells_each_half_another_vote_is_proved_to_lie_cut_off_and_loses_its_place(
        ConsensusProtocol protocol, int validators, int joiners)
    {
        SimulationReport report = SimulatedCluster.Run(new SimulationOptions
        {
            Seed = 3,
            Protocol = protocol,
            Validators = validators,
            Joiners = joiners,
            Epochs = 16,
            Faults = FaultPlan.Calm(Duration.FromSeconds(10)),
            Sabotage = new Sabotage
            {
                Liars = [Liar],
                Consensus = (node, machine) => node == Liar ? Split(machine, validators) : machine,
            },
        });

        Assert.Empty(report.Violations.Select(violation => violation.ToString()));
        Assert.DoesNotContain(SimulatedMarket.ValidatorName(Liar), report.LastSet);
        Assert.True(report.SetChanges > 0);
        Assert.Equal(joiners > 0, report.Slashed > Money.Zero);
        Assert.True(report.Evidence.ProvableFaults > 0);
        Assert.InRange(report.Evidence.Committed, 1, report.Evidence.ProvableFaults);
        Assert.Equal(0, report.Evidence.FalseAccusations);
        Assert.InRange(report.Evidence.MaxDetection!.Value.Micros, 0, Instant.MicrosPerSecond);
        Assert.InRange(report.Evidence.MaxIsolation!.Value.Micros, 0, Instant.MicrosPerSecond);
    }

    private static SplitVoter Split(IConsensus machine, int validators)
    {
        SimulatedKeys keys = new();
        Validator[] set =
        [
            .. Enumerable.Range(0, validators).Select(SimulatedMarket.ValidatorName)
                .Select(name => new Validator(Label.Parse(name), keys.Signer(name).PublicKey, 1)),
        ];
        return new SplitVoter(machine, set[Liar].Key, new ValidatorSet(set));
    }
}
