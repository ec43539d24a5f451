using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>How bad the links between nodes are. Rates are in thousandths of the frames.</summary>
/// <param name="MinLatency">The shortest way of a frame.</param>
/// <param name="MaxLatency">The longest way of a frame that keeps its place.</param>
/// <param name="LossPermille">Frames that vanish.</param>
/// <param name="DuplicatePermille">Frames that arrive twice.</param>
/// <param name="ReorderPermille">Frames that neither wait for those before them nor keep to the latency.</param>
/// <param name="ReorderDelay">The longest further delay of such a frame.</param>
public sealed record LinkFaults(
    Duration MinLatency,
    Duration MaxLatency,
    int LossPermille,
    int DuplicatePermille,
    int ReorderPermille,
    Duration ReorderDelay)
{
    /// <summary>A good local network: 1 … 5 ms, nothing lost, everything in order.</summary>
    public static LinkFaults None { get; } =
        new(Duration.FromMillis(1), Duration.FromMillis(5), 0, 0, 0, default);
}
