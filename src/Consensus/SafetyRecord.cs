using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>What must survive a crash before a promise leaves the node: a vote about to be sent, or a lock.</summary>
/// <param name="Height">Records of a decided height may be deleted.</param>
/// <param name="Bytes">Borsh, versioned; written and read by the machine that emitted it.</param>
public sealed record SafetyRecord(Height Height, byte[] Bytes)
{
    private const int TagAt = sizeof(ushort);
    private const byte FirstOfPos = 4;
    private const byte FirstOfPow = 16;

    /// <summary>Whose promise it is: each protocol has tags of its own, behind the version.</summary>
    public ConsensusProtocol Protocol =>
        Bytes.Length <= TagAt || Bytes[TagAt] < FirstOfPos ? ConsensusProtocol.Pbft
        : Bytes[TagAt] < FirstOfPow ? ConsensusProtocol.Pos
        : ConsensusProtocol.Pow;
}
