using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Simulation;

/// <summary>Which nodes a plan needs.</summary>
internal static class FaultNodes
{
    /// <summary>Whom an event names; nobody when it is about whoever leads, or about all.</summary>
    public static IReadOnlyList<int> Of(FaultEvent fault) => fault switch
    {
        FaultEvent.Crash { Node: not FaultEvent.Leader } crash => [crash.Node],
        FaultEvent.Restart { Node: not FaultEvent.Leader } restart => [restart.Node],
        FaultEvent.Pause { Node: not FaultEvent.Leader } pause => [pause.Node],
        FaultEvent.Isolate { Node: not FaultEvent.Leader } isolate => [isolate.Node],
        FaultEvent.FillDisk fill => [fill.Node],
        FaultEvent.RotDisk rot => [rot.Node],
        FaultEvent.MisdirectWrite misdirect => [misdirect.Node],
        FaultEvent.Wipe wipe => [wipe.Node],
        FaultEvent.CutOneWay cut => [cut.From, cut.To],
        _ => [],
    };

    /// <summary>What is left of a plan for the first nodes.</summary>
    public static FaultPlan Within(FaultPlan plan, int nodes)
    {
        List<FaultEvent> timeline = [];
        foreach (FaultEvent fault in plan.Timeline)
        {
            if (fault is FaultEvent.Partition partition)
            {
                timeline.Add(partition with { Groups = Within(partition.Groups, nodes) });
            }
            else if (Of(fault).All(node => node < nodes))
            {
                timeline.Add(fault);
            }
        }

        return plan with
        {
            Timeline = timeline,
            Skews = [.. plan.Skews.Take(nodes)],
            Liars = [.. plan.Liars.Where(liar => liar.Node < nodes)],
        };
    }

    private static List<IReadOnlyList<int>> Within(IReadOnlyList<IReadOnlyList<int>> groups, int nodes)
    {
        List<IReadOnlyList<int>> left = [];
        foreach (IReadOnlyList<int> group in groups)
        {
            int[] members = [.. group.Where(node => node < nodes)];
            if (members.Length > 0)
            {
                left.Add(members);
            }
        }

        return left;
    }
}
