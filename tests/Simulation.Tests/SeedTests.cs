using System.IO;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>What a seed must keep: agreement, conservation, liveness and all else that the checkers watch.</summary>
public sealed class SeedTests
{
    [Fact]
    public void Four_validators_keep_their_promises_under_two_hundred_seeds() => Sweep(4, 1, 200);

    [Fact]
    public void Four_stakeholders_keep_their_promises_under_forty_seeds() => Sweep(4, 1, 40, ConsensusProtocol.Pos);

    [Fact]
    public void Any_number_of_stakeholders_keeps_its_promises()
    {
        Sweep(1, 1, 5, ConsensusProtocol.Pos);
        Sweep(2, 1, 5, ConsensusProtocol.Pos);
        Sweep(7, 1, 10, ConsensusProtocol.Pos);
    }

    [Fact]
    public void Miners_keep_their_promises()
    {
        Sweep(4, 1, 30, ConsensusProtocol.Pow);
        Sweep(1, 1, 3, ConsensusProtocol.Pow);
        Sweep(7, 1, 10, ConsensusProtocol.Pow);
    }

    [Fact]
    public void A_single_validator_keeps_its_promises() => Sweep(1, 1, 20);

    [Fact]
    public void Seven_validators_keep_their_promises() => Sweep(7, 1, 20);

    [Fact]
    public void Sets_that_tolerate_nobody_keep_their_promises()
    {
        Sweep(2, 1, 15);
        Sweep(3, 1, 15);
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft)]
    [InlineData(ConsensusProtocol.Pos)]
    public void Four_validators_keep_their_promises_in_a_storm(ConsensusProtocol protocol)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            AssertPassed(new SimulationOptions
            {
                Seed = seed,
                Protocol = protocol,
                Epochs = 30,
                Faults = new StormPlanner(seed, 4).Plan(),
            });
        }
    }

    /// <summary>All that had voted for a block crashed; its batches were in their memories only. Nobody could execute
    /// the block, and as it was locked, nobody could decide another.</summary>
    [Theory]
    [InlineData(205)]
    [InlineData(301)]
    [InlineData(702)]
    public void Regression_a_power_failure_leaves_no_locked_block_without_its_batches(ulong seed) =>
        AssertPassed(new SimulationOptions
        {
            Seed = seed,
            Epochs = 100,
            Faults = new StormPlanner(seed, 4).Plan(),
        });

    /// <summary>A node that restarts in a view repeats its old view change, which rightly names no lock.</summary>
    [Theory]
    [InlineData(4, 268)]
    [InlineData(4, 1613)]
    [InlineData(7, 84)]
    [InlineData(2, 78)]
    public void Regression_a_repeated_view_change_is_no_forgotten_lock(int validators, ulong seed) =>
        AssertPassed(new SimulationOptions { Seed = seed, Validators = validators });

    /// <summary>A leader stays as long as blocks are decided; one that left a batch of a stream out stalled the rest.
    /// </summary>
    [Theory]
    [InlineData(264)]
    [InlineData(276)]
    public void Regression_a_leader_that_censors_is_replaced(ulong seed) => AssertPassed(
        new SimulationOptions { Seed = seed, Byzantine = 1, Strategies = [Strategy.Censor], Epochs = 60 });

    [Fact]
    public void Regression_a_liar_that_also_censors_stalls_no_stream() =>
        AssertPassed(new SimulationOptions { Seed = 956, Byzantine = 1 });

    [Theory]
    [InlineData(1057)]
    [InlineData(5024)]
    [InlineData(6024)]
    public void Regression_a_former_leader_learns_that_work_waits(ulong seed) =>
        AssertPassed(new SimulationOptions { Seed = seed, Byzantine = 1 });

    [Fact]
    public void Regression_who_lost_its_disk_may_vote_again_in_a_view_that_it_left_long_ago() => AssertPassed(
        new SimulationOptions { Seed = 251, Homes = 2, Epochs = 500, Duration = Duration.FromSeconds(30) });

    /// <summary>The leader to be crashed was looked up in the set after a border by its number in the set before it:
    /// the simulator itself crashed.</summary>
    [Fact]
    public void Regression_the_leader_is_found_where_a_node_still_counts_in_the_set_before_a_border() =>
        AssertPassed(new SimulationOptions { Seed = 2547, Byzantine = 1 });

    internal static void AssertPassed(SimulationOptions options)
    {
        using StringWriter output = new();
        int exit = SimulationCommand.Run(options, output, json: false);
        Assert.True(exit == SimulationExit.Pass, output.ToString());
    }

    private static void Sweep(
        int validators, ulong first, ulong last, ConsensusProtocol protocol = ConsensusProtocol.Pbft)
    {
        using StringWriter output = new();
        SimulationOptions template = new() { Seed = first, Protocol = protocol, Validators = validators };
        int exit = SimulationCommand.Sweep(template, first, last, jobs: 2, output, json: false);
        Assert.True(exit == SimulationExit.Pass, output.ToString());
    }
}
