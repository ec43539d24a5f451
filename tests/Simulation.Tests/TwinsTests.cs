using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Simulation.Twins;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>Validators that run twice with one key.</summary>
public sealed class TwinsTests
{
    [Fact]
    public void All_scenarios_of_four_validators_up_to_renaming_are_counted()
    {
        // Burnside: (64⁴ + 3·16⁴ + 2·4⁴) / 6
        TwinsOptions options = new();
        Assert.Equal(2_829_056, new TwinsGenerator(options).Between(0, (ulong)options.Sequences).LongCount());
    }

    [Fact]
    public void Every_sequence_is_a_renaming_of_exactly_one_representative()
    {
        TwinsOptions options = new() { Rounds = 1 };
        List<TwinsScenario> representatives =
            [.. new TwinsGenerator(options).Between(0, (ulong)options.Sequences)];

        // (64 + 3·16 + 2·4) / 6
        Assert.Equal(20, representatives.Count);
        Assert.Equal(
            representatives.Count,
            Enumerable.Range(0, options.Choices).Select(code => Shape(options, new TwinsScenario((ulong)code)))
                .Distinct().Count());
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft, 4, 1)]
    [InlineData(ConsensusProtocol.Pos, 4, 1)]
    [InlineData(ConsensusProtocol.Pbft, 7, 2)]
    [InlineData(ConsensusProtocol.Pos, 7, 2)]
    public void As_many_twins_as_faults_are_tolerated_neither_fork_nor_stall_the_rest(
        ConsensusProtocol protocol, int validators, int twins)
    {
        TwinsOptions options = new() { Protocol = protocol, Validators = validators, Twins = twins };
        TwinsReport report = new TwinsRunner(options, jobs: 2).RunSample(seed: 1, count: 400);
        Assert.Empty(report.Failures);
        Assert.Equal(400, report.Scenarios);
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft)]
    [InlineData(ConsensusProtocol.Pos)]
    public void More_twins_than_are_tolerated_fork_the_rest_and_are_reported(ConsensusProtocol protocol)
    {
        TwinsOptions options = new() { Protocol = protocol, Twins = 2 };
        TwinsRunner runner = new(options, jobs: 1);
        TwinsReport report = runner.RunSample(seed: 1, count: 100);
        Assert.NotEqual(0, report.Forks);
        Assert.Equal(SimulationExit.Safety, report.ExitCode);
        Assert.Equal(1, runner.RunOne(report.Failures.First(failure => failure.IsFork).Scenario).Forks);
    }

    [Fact]
    public void A_cut_that_leaves_no_quorum_anywhere_heals_into_one_block()
    {
        // Both halves of the twin with one honest validator, and the other two: bits 2 and 3 of replicas 1 … 4.
        TwinsOptions options = new() { Rounds = 1 };
        ulong noQuorum = 0b0110 * 4;
        TwinsOutcome outcome = new TwinsCluster(options).Run(new TwinsScenario(noQuorum));
        Assert.Null(outcome.Fork);
        Assert.Null(outcome.Stall);
        Assert.Equal(1, outcome.Height);
    }

    [Fact]
    public void Rounds_that_fail_by_messages_alone_leave_time_to_say_again_what_ends_them()
    {
        // Half of the votes is bound by a lock that the only two leaders do not know of.
        TwinsOptions options = new() { Protocol = ConsensusProtocol.Pos };
        TwinsOutcome outcome = new TwinsCluster(options).Run(new TwinsScenario(5_231_685));
        Assert.Null(outcome.Fork);
        Assert.Null(outcome.Stall);
    }

    [Fact]
    public void The_result_is_the_same_whatever_the_number_of_threads()
    {
        TwinsOptions options = new() { Rounds = 2 };
        TwinsReport one = new TwinsRunner(options, jobs: 1).RunAll();
        TwinsReport four = new TwinsRunner(options, jobs: 4).RunAll();
        Assert.Equal(one.Digest, four.Digest);
        Assert.Equal(one.Steps, four.Steps);

        // (64² + 3·16² + 2·4²) / 6
        Assert.Equal(816, one.Scenarios);
    }

    /// <summary>What is left of a one-round scenario without the names of the honest.</summary>
    private static (int WithTwin, int WithOther, bool Together, string Leader) Shape(
        TwinsOptions options, TwinsScenario scenario)
    {
        int partition = scenario.Partition(options, 0);
        int leader = scenario.Leader(options, 0).Value;
        int[] honest = [1, 2, 3];
        int[] first = [.. honest.Where(replica => TwinsScenario.Joins(partition, 0, replica))];
        bool together = TwinsScenario.Joins(partition, 0, 4);
        string role = leader == 0 ? "twin" : first.Contains(leader) ? "with the first half" : "with the others";
        return (first.Length, honest.Length - first.Length, together, role);
    }
}
