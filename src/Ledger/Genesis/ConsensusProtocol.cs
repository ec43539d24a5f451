namespace EnergyNode.Ledger;

/// <summary>
/// Who counts as a quorum, and whose messages are spoken. The genesis names it; the number is its byte.
/// </summary>
public enum ConsensusProtocol
{
    /// <summary>One vote each: see docs/spec/pbft.md.</summary>
    Pbft = 0,

    /// <summary>Votes weigh what their validators have at stake: see docs/spec/pos.md.</summary>
    Pos = 1,
}
