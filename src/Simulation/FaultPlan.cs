using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>All that goes wrong in one simulation until it heals.</summary>
/// <param name="Links">How bad the links are from the start.</param>
/// <param name="Disk">How slow the disks are, always.</param>
/// <param name="Skews">For each node in turn; missing ones are right.</param>
/// <param name="Timeline">In the order of time.</param>
/// <param name="HealsAt">When everything is repaired: links good, all nodes up.</param>
public sealed record FaultPlan(
    LinkFaults Links,
    DiskFaults Disk,
    IReadOnlyList<ClockSkew> Skews,
    IReadOnlyList<FaultEvent> Timeline,
    Duration HealsAt)
{
    /// <summary>Who lies, also after healing.</summary>
    public IReadOnlyList<LiarPlan> Liars { get; init; } = [];

    /// <summary>Strangers that flood every validator, from the start until the end.</summary>
    public int Sybils { get; init; }

    /// <summary>Null: the liars do not work together.</summary>
    internal ForkPlan? Fork { get; init; }

    /// <summary>All that the seed and the options bring: what a run without a plan of its own gets.</summary>
    public static FaultPlan ThoughtUp(SimulationOptions options) => options.Faults ?? FaultPlanner.Plan(options);

    /// <summary>Nothing goes wrong for a while, and then nothing either.</summary>
    public static FaultPlan Calm(Duration duration) => new(LinkFaults.None, DiskFaults.None, [], [], duration);
}
