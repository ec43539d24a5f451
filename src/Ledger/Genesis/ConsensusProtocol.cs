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

    /// <summary>The heaviest chain of blocks with proof of work, final at a depth: see docs/spec/pow.md.</summary>
    Pow = 2,
}
