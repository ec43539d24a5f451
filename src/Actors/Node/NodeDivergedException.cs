using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>A quorum signed another state than this node computed: it must not go on.</summary>
public sealed class NodeDivergedException(Height height, Hash32 own, Hash32 quorum) : Exception(
    $"after block {height} this node's state root is {own}, but a quorum of validators signed {quorum}; "
    + "keep the data directory for analysis and start again with an empty one");
