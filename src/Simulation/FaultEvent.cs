using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Something that goes wrong, or right again, at a time.</summary>
/// <param name="At">Since the start.</param>
public abstract record FaultEvent(Duration At)
{
    /// <summary>Stands for whoever leads the current view when the event happens.</summary>
    public const int Leader = -1;

    /// <summary>A node loses its power.</summary>
    /// <param name="Node">Index from 0, or <see cref="Leader"/>.</param>
    public sealed record Crash(Duration At, int Node) : FaultEvent(At);

    /// <summary>A crashed node comes back with its disk.</summary>
    /// <param name="Node">Index from 0, or <see cref="Leader"/> for all that are down.</param>
    public sealed record Restart(Duration At, int Node) : FaultEvent(At);

    /// <summary>Groups of nodes that hear each other only; a node in no group is alone. Clients reach all.</summary>
    public sealed record Partition(Duration At, IReadOnlyList<IReadOnlyList<int>> Groups) : FaultEvent(At);

    /// <summary>What one node sends does not reach another any more; the other way is open.</summary>
    public sealed record CutOneWay(Duration At, int From, int To) : FaultEvent(At);

    /// <summary>All links are open again.</summary>
    public sealed record Heal(Duration At) : FaultEvent(At);

    /// <summary>The links change.</summary>
    public sealed record SetLinks(Duration At, LinkFaults Links) : FaultEvent(At);
}
