using System.Collections.Generic;
using EnergyNode.Actors;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Tests;

/// <summary>Far worse weather than the simulator's own plans: crashes all over, also of everybody at once.</summary>
internal sealed class StormPlanner(ulong seed, int nodes)
{
    private const int DurationMillis = 30_000;

    private readonly SplitMix64 _random = new(unchecked((seed * 77) + 5));

    public FaultPlan Plan()
    {
        List<FaultEvent> timeline = [];
        for (int i = 0; i < Between(4, 25); i++)
        {
            int node = Between(FaultEvent.Leader, nodes - 1);
            int at = Between(100, DurationMillis - 500);
            timeline.Add(new FaultEvent.Crash(Duration.FromMillis(at), node));
            timeline.Add(new FaultEvent.Restart(Duration.FromMillis(at + Between(20, 3_000)), node));
        }

        for (int i = 0; i < Between(0, 4) && nodes > 1; i++)
        {
            int at = Between(100, DurationMillis - 500);
            timeline.Add(new FaultEvent.Partition(Duration.FromMillis(at), Split()));
            timeline.Add(new FaultEvent.Heal(Duration.FromMillis(at + Between(100, 6_000))));
        }

        timeline.Sort((left, right) => left.At.Micros.CompareTo(right.At.Micros));
        LinkFaults links = new(
            Duration.FromMillis(Between(1, 20)),
            Duration.FromMillis(Between(20, 400)),
            Between(0, 400),
            Between(0, 300),
            Between(0, 600),
            Duration.FromMillis(Between(10, 2_500)));
        DiskFaults disk = new(Duration.FromMillis(1), Duration.FromMillis(Between(1, 300)));
        ClockSkew[] skews = new ClockSkew[nodes];
        for (int i = 0; i < nodes; i++)
        {
            skews[i] = new ClockSkew(Duration.FromMillis(Between(-2_000, 2_000)), Between(-2_000, 2_000));
        }

        return new FaultPlan(links, disk, skews, timeline, Duration.FromMillis(DurationMillis));
    }

    private IReadOnlyList<IReadOnlyList<int>> Split()
    {
        int weight = Between(1, nodes - 1);
        List<int> first = [];
        List<int> second = [];
        for (int node = 0; node < nodes; node++)
        {
            (Between(0, nodes - 1) < weight ? first : second).Add(node);
        }

        return [first, second];
    }

    private int Between(int min, int max) => min + _random.Below(max - min + 1);
}
