using System;

namespace EnergyNode.Ledger;

/// <summary>The governance decided rules that this software does not have: it must not execute the block.</summary>
public sealed class ProtocolUpgradeException(Height height, int version) : Exception(
    $"from block {height} on the chain runs by protocol version {version}, as its governance decided, and this "
    + $"software knows versions up to {Ledger.ProtocolVersion.Known}; install a newer release and start again with "
    + "the same data directory")
{
    /// <summary>The first block that cannot be executed.</summary>
    public Height Height { get; } = height;
}
