using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// A heavier chain of proof of work contradicts what this node holds as final: it must not go on, and it rewrites
/// nothing.
/// </summary>
/// <param name="ancestor">The highest block that both chains have.</param>
/// <param name="final">The highest block that is final here.</param>
/// <param name="other">The heavier chain's block above the ancestor.</param>
public sealed class NodeForkedException(Height ancestor, Height final, Hash32 other) : Exception(
    $"a chain with more work leaves this node's chain after block {ancestor}, where block {other} takes the place of "
    + $"the own one, but blocks up to {final} are final here: the network was split for too long, or most of the "
    + $"hash power is against it. What this node reported for heights above {ancestor} may not hold. Keep the data "
    + "directory for analysis, make sure that the other validators are on the chain that the community wants, and "
    + "start again with an empty directory")
{
    public Height Ancestor => ancestor;

    public Height Final => final;
}
