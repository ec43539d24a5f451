using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>What liars and dead leaders may cost.</summary>
public sealed class ThroughputTests
{
    private static readonly Duration Interval = Duration.FromMillis(250);

    /// <summary>The longest that a view, or a round, lasts while no round before it failed.</summary>
    private static readonly Duration Timeout = Duration.FromSeconds(1);

    [Theory]
    [InlineData(ConsensusProtocol.Pbft)]
    [InlineData(ConsensusProtocol.Pos)]
    public void Any_strategy_leaves_half_of_the_throughput(ConsensusProtocol protocol)
    {
        using StringWriter output = new();

        int exit = ThroughputCommand.Run(
            new SimulationOptions
            {
                Seed = 11,
                Protocol = protocol,
                Byzantine = 1,
                Kinds = FaultKinds.None,
                Duration = Duration.FromSeconds(120),
                Epochs = 120,
            },
            jobs: 2,
            output,
            json: false);

        Assert.True(exit == SimulationExit.Pass, output.ToString());
        Assert.Equal(Strategies.All.Count + 3, output.ToString().TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void A_strategy_that_leaves_less_is_a_failure_with_a_command_that_repeats_it()
    {
        using StringWriter output = new();

        // Within four seconds a silent leader costs one and a half: nothing is made up for yet.
        int exit = ThroughputCommand.Run(
            new SimulationOptions
            {
                Seed = 1,
                Byzantine = 1,
                Strategies = [Strategy.Silent],
                Faults = FaultPlan.Calm(Duration.FromSeconds(4)) with
                {
                    Liars = [new LiarPlan(0, [Strategy.Silent]), new LiarPlan(1, [Strategy.Silent])],
                },
                LivenessLimit = Duration.FromSeconds(2),
            },
            jobs: 1,
            output,
            json: false);

        Assert.Equal(SimulationExit.Liveness, exit);
        Assert.Contains("FAILED", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("again: dotnet run", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The leaders of the views that come next are all dead: each costs one time-out, once.</summary>
    [Theory]
    [InlineData(4, 1)]
    [InlineData(7, 2)]
    [InlineData(16, 5)]
    public void After_j_dead_leaders_service_is_back_within_j_plus_one_timeouts(int validators, int dead)
    {
        Duration crash = Duration.FromSeconds(10);
        SimulationReport report = SimulatedCluster.Run(new SimulationOptions
        {
            Seed = 3,
            Validators = validators,
            Epochs = 120,
            Faults = FaultPlan.Calm(Duration.FromSeconds(30)) with
            {
                Timeline = [.. Enumerable.Range(0, dead).Select(node => new FaultEvent.Crash(crash, node))],
            },
        });

        Assert.Equal(SimulationExit.Pass, report.ExitCode);
        long back = LongestGap(report.DecidedAt, crash, Duration.FromSeconds(30));
        Assert.InRange(back, Interval.Micros, ((dead + 1) * Timeout.Micros) + Interval.Micros);

        // They stay dead, and cost nothing more: from then on block follows block.
        Duration later = new(crash.Micros + ((dead + 1) * Timeout.Micros) + Interval.Micros);
        Assert.InRange(
            LongestGap(report.DecidedAt, later, Duration.FromSeconds(30)), 1, Interval.Micros + Interval.Micros);
    }

    /// <returns>Microseconds between two blocks of which the later one was decided in the given time.</returns>
    private static long LongestGap(IReadOnlyList<Duration> decided, Duration from, Duration to)
    {
        long longest = 0;
        for (int i = 1; i < decided.Count; i++)
        {
            if (decided[i].Micros > from.Micros && decided[i].Micros < to.Micros)
            {
                longest = Math.Max(longest, decided[i].Micros - decided[i - 1].Micros);
            }
        }

        return longest;
    }
}
