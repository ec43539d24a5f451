using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>Validators that lie in every known way, up to f of them, and what the honest ones must keep.</summary>
public sealed class LiarTests
{
    public static TheoryData<Strategy, ConsensusProtocol> Everything()
    {
        TheoryData<Strategy, ConsensusProtocol> all = [];
        foreach (Strategy strategy in Strategies.All)
        {
            all.Add(strategy, ConsensusProtocol.Pbft);
            all.Add(strategy, ConsensusProtocol.Pos);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Four_validators_keep_their_promises_with_one_liar(Strategy strategy, ConsensusProtocol protocol)
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            SeedTests.AssertPassed(Lying(seed, strategy) with { Protocol = protocol });
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_strategy_changes_what_happens(Strategy strategy, ConsensusProtocol protocol)
    {
        SimulationOptions honest = new() { Seed = 3, Protocol = protocol };
        bool changed = false;
        for (ulong seed = 3; seed <= 6 && !changed; seed++)
        {
            SimulationReport liars = SimulatedCluster.Run(
                Lying(seed, strategy) with { Protocol = protocol, Duration = Duration.FromSeconds(40) });
            SimulationReport without = SimulatedCluster.Run(
                honest with { Seed = seed, Duration = Duration.FromSeconds(40) });
            changed = liars.TraceHash != without.TraceHash;
        }

        Assert.True(changed, $"{strategy.Word()} is no different from honesty");
    }

    [Theory]
    [InlineData(Strategy.Equivocate, ConsensusProtocol.Pbft)]
    [InlineData(Strategy.Equivocate, ConsensusProtocol.Pos)]
    [InlineData(Strategy.DoubleVote, ConsensusProtocol.Pbft)]
    [InlineData(Strategy.DoubleVote, ConsensusProtocol.Pos)]
    public void Contradictions_that_reach_honest_validators_are_counted(Strategy strategy, ConsensusProtocol protocol)
    {
        int proved = 0;
        for (ulong seed = 1; seed <= 4; seed++)
        {
            proved += SimulatedCluster.Run(Lying(seed, strategy) with { Protocol = protocol }).Evidence.ProvableFaults;
        }

        Assert.True(proved > 0, "no contradiction was seen");
    }

    [Theory]
    [InlineData(Strategy.Silent)]
    [InlineData(Strategy.Delay)]
    [InlineData(Strategy.Withhold)]
    public void What_nobody_can_prove_is_not_counted(Strategy strategy)
    {
        Assert.Equal(0, SimulatedCluster.Run(Lying(1, strategy)).Evidence.ProvableFaults);
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft)]
    [InlineData(ConsensusProtocol.Pos)]
    public void Mixed_liars_break_nothing(ConsensusProtocol protocol)
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            SeedTests.AssertPassed(new SimulationOptions { Seed = seed, Protocol = protocol, Byzantine = 1 });
        }

        for (ulong seed = 1; seed <= 8; seed++)
        {
            SeedTests.AssertPassed(
                new SimulationOptions { Seed = seed, Protocol = protocol, Validators = 7, Byzantine = 2 });
        }
    }

    [Fact]
    public void Regression_proof_of_work_runs_with_liars() => SeedTests.AssertPassed(
        new SimulationOptions
        {
            Seed = 1,
            Protocol = ConsensusProtocol.Pow,
            Byzantine = 1,
            Strategies = [Strategy.LieToClients],
        });

    [Fact]
    public void As_many_lie_as_were_asked_for_each_in_its_own_way()
    {
        SimulationReport report = SimulatedCluster.Run(
            new SimulationOptions { Seed = 5, Validators = 10, Byzantine = 3, Epochs = 2 });

        Assert.Equal(3, report.Liars.Select(liar => liar.Node).Distinct().Count());
        Assert.All(report.Liars, liar => Assert.InRange(liar.Strategies.Distinct().Count(), 1, 3));
    }

    [Fact]
    public void Words_of_strategies_are_read_as_they_are_written()
    {
        HashSet<string> words = [];
        foreach (Strategy strategy in Enum.GetValues<Strategy>())
        {
            Assert.True(Strategies.TryParse(strategy.Word(), out Strategy read));
            Assert.Equal(strategy, read);
            Assert.True(words.Add(strategy.Word()));
        }

        Assert.False(Strategies.TryParse("Equivocate", out _));
        Assert.False(Strategies.TryParse("", out _));
    }

    private static SimulationOptions Lying(ulong seed, Strategy strategy) =>
        new() { Seed = seed, Byzantine = 1, Strategies = [strategy] };
}
