namespace EnergyNode.Consensus;

/// <summary>Who counts as a quorum, and whose messages are spoken. Fixed for each height.</summary>
public enum ConsensusProtocol
{
    /// <summary>One vote each: see docs/spec/pbft.md.</summary>
    Pbft,

    /// <summary>Votes weigh what their validators have at stake: see docs/spec/pos.md.</summary>
    Pos,
}
