using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Chaos;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Simulation.Tests;

/// <summary>A failing run becomes the smallest one that fails in the same way, and a file that repeats it.</summary>
public sealed class ShrinkTests : IDisposable
{
    private static readonly Violation Planted = new(ViolationKind.Agreement, default, "planted");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("shrink-tests-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Only_what_a_failure_needs_is_left()
    {
        SimulationOptions seed = new()
        {
            Seed = 7,
            Validators = 13,
            Homes = 9,
            Epochs = 40,
            Byzantine = 2,
            Strategies = [Strategy.Censor, Strategy.Flood, Strategy.Delay],
            Faults = new FaultPlan(
                new LinkFaults(new Duration(5), new Duration(9_000), 30, 20, 10, new Duration(77)),
                new DiskFaults(new Duration(1), new Duration(80_000)),
                [new ClockSkew(new Duration(-5), 3), default, new ClockSkew(new Duration(9), 0)],
                [.. Events().OrderBy(fault => fault.At.Micros)],
                Duration.FromSeconds(64))
            {
                Liars = [new LiarPlan(3, [Strategy.Flood, Strategy.Censor]), new LiarPlan(1, [Strategy.Delay])],
                Sybils = 5,
            },
        };

        ShrinkResult result = new PlanShrinker(IsPlanted, 2_000).Shrink(seed)!;

        FaultPlan left = result.Smallest.Faults!;
        Assert.True(result.IsDone);
        Assert.Equal(2, left.Timeline.Count);
        Assert.IsType<FaultEvent.Crash>(left.Timeline[0]);
        Assert.Equal([[0, 1]], Assert.IsType<FaultEvent.Partition>(left.Timeline[1]).Groups.Take(1));
        Assert.Equal([Strategy.Censor], Assert.Single(left.Liars).Strategies);
        Assert.Equal(4, result.Smallest.Validators);
        Assert.Equal(3, result.Smallest.Epochs);
        Assert.Equal(2, result.Smallest.Homes);
        Assert.Equal(0, left.Sybils);
        Assert.Equal(30, left.Links.LossPermille);
        Assert.Equal(0, left.Links.DuplicatePermille + left.Links.ReorderPermille);
        Assert.Equal(DiskFaults.None, left.Disk);
        Assert.All(left.Skews, skew => Assert.Equal(default, skew));
        Assert.InRange(left.HealsAt.Micros, 1, Duration.FromSeconds(4).Micros);
    }

    [Fact]
    public void What_does_not_fail_is_not_shrunk() =>
        Assert.Null(new PlanShrinker(_ => null, 10).Shrink(new SimulationOptions { Seed = 1 }));

    [Fact]
    public void A_failure_of_another_kind_is_not_taken_for_it()
    {
        Violation other = new(ViolationKind.Liveness, default, "other");
        ShrinkResult result = new PlanShrinker(options => options.Epochs == 12 ? Planted : other, 300)
            .Shrink(new SimulationOptions { Seed = 1 })!;

        Assert.Equal(12, result.Smallest.Epochs);
        Assert.Equal(ViolationKind.Agreement, result.Violation.Kind);
    }

    [Fact]
    public void No_more_runs_are_spent_than_are_allowed()
    {
        int runs = 0;
        ShrinkResult result = new PlanShrinker(
            _ =>
            {
                runs++;
                return Planted;
            },
            5).Shrink(new SimulationOptions { Seed = 3, Validators = 7 })!;

        Assert.Equal(5, runs);
        Assert.Equal(5, result.Runs);
        Assert.False(result.IsDone);
    }

    [Fact]
    public void Nothing_is_made_smaller_than_it_tolerates()
    {
        SimulationOptions seed = new() { Seed = 2, Validators = 7, Byzantine = 2 };

        // With two liars in it, no set of fewer than seven is promised to live.
        ShrinkResult result = new PlanShrinker(
            options => options.Faults!.Liars.Count == 2 ? Planted : null, 500).Shrink(seed)!;

        Assert.Equal(7, result.Smallest.Validators);
        Assert.Empty(result.Smallest.Faults!.Timeline);
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft, 4, 1)]
    [InlineData(ConsensusProtocol.Pbft, 10, 2)]
    [InlineData(ConsensusProtocol.Pos, 7, 1)]
    [InlineData(ConsensusProtocol.Pow, 4, 0)]
    public void A_file_repeats_the_run_of_a_seed(ConsensusProtocol protocol, int validators, int liars)
    {
        HashSet<Type> kinds = [];
        for (ulong seed = 1; seed <= 40; seed++)
        {
            SimulationOptions options = new()
            {
                Seed = seed == 1 ? ulong.MaxValue : seed,
                Protocol = protocol,
                Validators = validators,
                Byzantine = liars,
            };
            SimulationOptions written = PlanReductions.WrittenOut(options);
            string text = ScenarioText.Of("found", "a \"quoted\" line", written);

            SimulationOptions read = ScenarioReader.Read(text, "found.hocon").Options;

            Assert.Equal(text, ScenarioText.Of("found", "a \"quoted\" line", PlanReductions.WrittenOut(read)));
            kinds.UnionWith(written.Faults!.Timeline.Select(fault => fault.GetType()));
            if (seed <= 2)
            {
                Assert.Equal(SimulatedCluster.Run(options).TraceHash, SimulatedCluster.Run(read).TraceHash);
            }
        }

        Assert.True(kinds.Count >= 5, $"only {kinds.Count} kinds of faults were written");
    }

    [Fact]
    public void A_real_failure_shrinks_to_little_and_its_file_fails_again()
    {
        Sabotage sabotage = new() { Journal = (node, journal) => node == 1 ? new HastyJournal(journal) : journal };
        SimulationOptions seed = new() { Seed = 4, Validators = 7, Byzantine = 1, Sabotage = sabotage };
        string file = Path.Combine(_directory.FullName, "found.hocon");
        using StringWriter output = new();

        Assert.Equal(SimulationExit.Safety, ShrinkCommand.Run(seed, 200, file, output, json: false));

        string said = output.ToString();
        Assert.Contains("seed 4: PersistBeforeSend", said, StringComparison.Ordinal);
        Assert.Contains("version ", said, StringComparison.Ordinal);
        Assert.Contains($"again: dotnet run -c Release --project chaos -- run {file}", said, StringComparison.Ordinal);
        SimulationOptions read = ScenarioReader.Read(File.ReadAllText(file), file).Options;
        Assert.Empty(read.Faults!.Timeline);
        Assert.Empty(read.Faults.Liars);
        Assert.Equal(1, read.Epochs);
        Assert.InRange(read.Validators, 2, 3);
        SimulationReport again = SimulatedCluster.Run(read with { Sabotage = sabotage });
        Assert.Equal(ViolationKind.PersistBeforeSend, again.Violations[0].Kind);
    }

    [Fact]
    public void A_seed_that_passes_writes_no_file()
    {
        string file = Path.Combine(_directory.FullName, "none.hocon");
        using StringWriter output = new();

        int exit = ShrinkCommand.Run(new SimulationOptions { Seed = 1 }, 10, file, output, json: true);

        Assert.Equal(SimulationExit.Pass, exit);
        Assert.False(File.Exists(file));
        Assert.Contains("\"violation\":null", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Fails with a crash of node 3 before a partition, a censor, loss, and three epochs.</summary>
    private static Violation? IsPlanted(SimulationOptions options)
    {
        FaultPlan plan = options.Faults!;
        int crash = plan.Timeline.ToList().FindIndex(fault => fault is FaultEvent.Crash { Node: 2 });
        int cut = plan.Timeline.ToList().FindLastIndex(fault => fault is FaultEvent.Partition);
        bool fails = crash >= 0 && cut > crash && options.Epochs >= 3 && plan.Links.LossPermille > 0
            && plan.Liars.Any(liar => liar.Strategies.Contains(Strategy.Censor));
        return fails ? Planted : null;
    }

    private static List<FaultEvent> Events()
    {
        List<FaultEvent> events = [];
        for (int i = 0; i < 12; i++)
        {
            events.Add(new FaultEvent.Crash(Duration.FromSeconds(i), i));
            events.Add(new FaultEvent.Restart(Duration.FromSeconds(i + 1), i));
            events.Add(new FaultEvent.Wipe(Duration.FromSeconds(30 + i), i % 2));
        }

        events.Add(new FaultEvent.Partition(Duration.FromSeconds(20), [[0, 1, 9], [10, 11]]));
        events.Add(new FaultEvent.Heal(Duration.FromSeconds(28)));
        return events;
    }
}
