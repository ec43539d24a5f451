using System;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>More than a third lie together, whole nodes fork, and each honest one can prove who did it.</summary>
public sealed class ForkTests
{
    [Theory]
    [InlineData(ConsensusProtocol.Pbft, 4)]
    [InlineData(ConsensusProtocol.Pbft, 7)]
    [InlineData(ConsensusProtocol.Pos, 4)]
    [InlineData(ConsensusProtocol.Pos, 7)]
    public void After_a_forced_fork_each_honest_journal_and_one_certificate_name_enough_liars_and_nobody_else(
        ConsensusProtocol protocol, int validators)
    {
        using StringWriter output = new();
        ForkOptions template = new() { Seed = 1, Protocol = protocol, Validators = validators };

        int exit = ForkCommand.Sweep(template, 1, 15, output, json: false);

        Assert.True(exit == SimulationExit.Pass, output.ToString());
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft)]
    [InlineData(ConsensusProtocol.Pos)]
    public void Forks_are_made_in_one_view_and_over_views_by_the_fewest_and_the_most_liars(ConsensusProtocol protocol)
    {
        ForkOutcome[] outcomes =
        [
            .. Enumerable.Range(1, 12)
                .Select(seed => ForkTrial.Run(new ForkOptions
                {
                    Seed = (ulong)seed,
                    Protocol = protocol,
                    Validators = 7,
                })),
        ];

        Assert.Contains(outcomes, static made => made.IsLater);
        Assert.Contains(outcomes, static made => !made.IsLater);
        Assert.Equal([3, 4], outcomes.Select(static made => made.Liars.Count).Distinct().Order());
        Assert.All(outcomes, static made => Assert.Equal(7 - made.Liars.Count, made.Testimonies.Count));
        Assert.All(outcomes, static made => Assert.Equal(made.IsLater, made.Testimonies.Any(said => said.IsEarlier)));
        Assert.All(outcomes, static made => Assert.Contains(made.Testimonies, said => !said.IsEarlier));
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pow, 4, null, "nobody signs blocks")]
    [InlineData(ConsensusProtocol.Pbft, 5, null, "choose 4, 7, 10")]
    [InlineData(ConsensusProtocol.Pbft, 103, null, "choose 4, 7, 10")]
    [InlineData(ConsensusProtocol.Pos, 7, 2, "choose 3 to 4")]
    [InlineData(ConsensusProtocol.Pos, 7, 5, "choose 3 to 4")]
    public void A_fork_that_cannot_be_is_refused_with_what_can(
        ConsensusProtocol protocol, int validators, int? liars, string advice)
    {
        ForkOptions options = new() { Seed = 1, Protocol = protocol, Validators = validators, Liars = liars };

        Assert.Contains(advice, options.Problem());
        Assert.Throws<ArgumentException>(() => ForkTrial.Run(options));
    }
}
