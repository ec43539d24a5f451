using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>How slow a node's disk is.</summary>
/// <param name="MinFsync">The shortest time until a write is durable.</param>
/// <param name="MaxFsync">The longest.</param>
public sealed record DiskFaults(Duration MinFsync, Duration MaxFsync)
{
    /// <summary>A local SSD: 0.2 … 2 ms.</summary>
    public static DiskFaults None { get; } = new(new Duration(200), new Duration(2_000));
}
