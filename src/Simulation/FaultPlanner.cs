using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Thinks of something bad for each seed: always loss, delay, duplication, reordering and a crash with a
/// restart; sometimes more crashes, a partition, a deaf link, slow disks, wrong clocks, a pause, a broken
/// disk.</summary>
internal static class FaultPlanner
{
    private const int MaxMixed = 3;
    private const int MostMillis = 8_000;

    /// <summary>PoW promises nothing beyond k/2 blocks: three of half a second. Nor do one-way cuts end.</summary>
    internal const int MostPowMillis = 1_400;

    private static readonly Duration MaxSkew = Duration.FromSeconds(2);

    public static FaultPlan Plan(SimulationOptions options)
    {
        int nodes = options.Validators;
        bool network = options.Kinds.HasFlag(FaultKinds.Network);
        bool storage = options.Kinds.HasFlag(FaultKinds.Disk);
        Dice dice = new(options.Seed, "faults");
        LinkFaults links = Links(dice);
        DiskFaults disk = dice.Chance(300)
            ? new DiskFaults(Duration.FromMillis(1), Duration.FromMillis(dice.Between(10, 80)))
            : DiskFaults.None;
        List<FaultEvent> timeline = [];
        if (storage)
        {
            AddCrashes(timeline, dice, nodes, options.Duration);
        }

        if (network && nodes > 1)
        {
            AddCuts(timeline, dice, options);
        }

        List<LiarPlan> liars = Liars(options);
        DamagePlanner.Add(timeline, options, liars);
        timeline = [.. timeline.OrderBy(static fault => fault.At.Micros)];
        return new FaultPlan(
            network ? links : LinkFaults.None,
            storage ? disk : DiskFaults.None,
            network ? Skews(dice, nodes) : [],
            timeline,
            options.Duration)
        {
            Liars = liars,
        };
    }

    private static LinkFaults Links(Dice dice) => new(
        Duration.FromMillis(dice.Between(1, 10)),
        Duration.FromMillis(dice.Between(10, 80)),
        dice.Between(10, 150),
        dice.Between(10, 100),
        dice.Between(20, 300),
        Duration.FromMillis(dice.Between(20, 400)));

    private static void AddCrashes(List<FaultEvent> timeline, Dice dice, int nodes, Duration duration)
    {
        int crashes = dice.Chance(650) ? 1 : dice.Between(2, 4);
        for (int i = 0; i < crashes; i++)
        {
            AddCrash(timeline, dice, nodes, duration);
        }
    }

    private static void AddCuts(List<FaultEvent> timeline, Dice dice, SimulationOptions options)
    {
        int nodes = options.Validators;
        Duration duration = options.Duration;
        bool pow = options.Uses(ConsensusProtocol.Pow);
        if (dice.Chance(300))
        {
            AddPartition(timeline, dice, nodes, duration, pow ? MostPowMillis : MostMillis);
        }

        if (!pow && dice.Chance(200))
        {
            int from = dice.Between(0, nodes - 1);
            int to = (from + dice.Between(1, nodes - 1)) % nodes;
            timeline.Add(new FaultEvent.CutOneWay(Somewhere(dice, duration, 100, 800), from, to));
        }
    }

    /// <summary>Who lies and how; a stream of its own, so that liars do not change the weather.</summary>
    private static List<LiarPlan> Liars(SimulationOptions options)
    {
        Dice dice = new(options.Seed, "liars");
        int[] order = Order(dice, options.Validators);
        List<LiarPlan> liars = [];
        for (int i = 0; i < options.Byzantine; i++)
        {
            liars.Add(new LiarPlan(order[i], options.Strategies.Count > 0 ? options.Strategies : Draw(dice)));
        }

        return liars;
    }

    private static List<Strategy> Draw(Dice dice)
    {
        Strategy[] all = [.. Strategies.All];
        dice.Shuffle(all);
        return [.. all[..dice.Between(1, MaxMixed)]];
    }

    internal static int[] Order(Dice dice, int nodes)
    {
        int[] order = new int[nodes];
        for (int i = 0; i < nodes; i++)
        {
            order[i] = i;
        }

        dice.Shuffle(order);
        return order;
    }

    private static void AddCrash(List<FaultEvent> timeline, Dice dice, int nodes, Duration duration)
    {
        int node = dice.Chance(300) ? FaultEvent.Leader : dice.Between(0, nodes - 1);
        Duration at = Somewhere(dice, duration, 50, 700);
        Duration down = dice.Chance(500)
            ? Duration.FromMillis(dice.Between(50, 1_500))
            : Duration.FromMillis(dice.Between(1_500, 9_000));
        timeline.Add(new FaultEvent.Crash(at, node));
        timeline.Add(new FaultEvent.Restart(new Duration(at.Micros + down.Micros), node));
    }

    private static void AddPartition(
        List<FaultEvent> timeline, Dice dice, int nodes, Duration duration, int mostMillis)
    {
        int[] order = Order(dice, nodes);
        int first = dice.Between(1, nodes - 1);
        Duration at = Somewhere(dice, duration, 50, 500);
        timeline.Add(new FaultEvent.Partition(at, [order[..first], order[first..]]));
        timeline.Add(new FaultEvent.Heal(
            new Duration(at.Micros + Duration.FromMillis(dice.Between(300, mostMillis)).Micros)));
    }

    private static ClockSkew[] Skews(Dice dice, int nodes)
    {
        ClockSkew[] skews = new ClockSkew[nodes];
        bool wrong = dice.Chance(500);
        for (int i = 0; i < nodes && wrong; i++)
        {
            Duration offset = dice.Between(new Duration(-MaxSkew.Micros), MaxSkew);
            skews[i] = new ClockSkew(offset, dice.Between(-500, 500));
        }

        return skews;
    }

    private static Duration Somewhere(Dice dice, Duration duration, int fromPermille, int toPermille) =>
        new(duration.Micros / 1_000 * dice.Between(fromPermille, toPermille));
}
