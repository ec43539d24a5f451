using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Gateway;

/// <summary>Parts of the state of one height, as f + 1 validators report it.</summary>
/// <param name="Parts">For each prefix asked for, in that order, its leaves in key order.</param>
public sealed record QuorumState(
    Height Height, Hash32 StateRoot, IReadOnlyList<IReadOnlyList<KeyValuePair<byte[], byte[]>>> Parts);
