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

    /// <summary>A node does nothing for a while, and then all that it has missed; its clock goes on.</summary>
    /// <param name="Node">Index from 0, or <see cref="Leader"/>.</param>
    public sealed record Pause(Duration At, int Node, Duration For) : FaultEvent(At);

    /// <summary>From now on a node cannot write: it must stop.</summary>
    public sealed record FillDisk(Duration At, int Node) : FaultEvent(At);

    /// <summary>A node loses its power, and one of its records changes by a bit.</summary>
    public sealed record RotDisk(Duration At, int Node) : FaultEvent(At);

    /// <summary>A node loses its power, and one of its records was written in another's place.</summary>
    public sealed record MisdirectWrite(Duration At, int Node) : FaultEvent(At);

    /// <summary>A node loses its power and all that it stored.</summary>
    public sealed record Wipe(Duration At, int Node) : FaultEvent(At);

    /// <summary>Groups of nodes that hear each other only; a node in no group is alone. Clients reach all.</summary>
    public sealed record Partition(Duration At, IReadOnlyList<IReadOnlyList<int>> Groups) : FaultEvent(At);

    /// <summary>A node hears no other, and no other hears it. Clients reach all.</summary>
    /// <param name="Node">Index from 0, or <see cref="Leader"/>.</param>
    public sealed record Isolate(Duration At, int Node) : FaultEvent(At);

    /// <summary>What one node sends does not reach another any more; the other way is open.</summary>
    /// <param name="IsPermanent">It does not heal: the sender counts as isolated.</param>
    public sealed record CutOneWay(Duration At, int From, int To, bool IsPermanent = false) : FaultEvent(At);

    /// <summary>All links are open again, but those that are cut for good.</summary>
    public sealed record Heal(Duration At) : FaultEvent(At);

    /// <summary>The links change.</summary>
    public sealed record SetLinks(Duration At, LinkFaults Links) : FaultEvent(At);
}
