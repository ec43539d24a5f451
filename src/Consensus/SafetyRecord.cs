using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>What must survive a crash before a promise leaves the node: a vote about to be sent, or a lock.</summary>
/// <param name="Height">Records of a decided height may be deleted.</param>
/// <param name="Bytes">Borsh, versioned; written and read by the machine that emitted it.</param>
public sealed record SafetyRecord(Height Height, byte[] Bytes);
