namespace EnergyNode.Consensus.Evidence;

/// <summary>What sentinels say to each other (docs/spec/evidence.md).</summary>
public enum SentinelFrame
{
    /// <summary>Which statements the sender knows, by their digests.</summary>
    Digests,

    /// <summary>Which of them the sender wants to see.</summary>
    Request,

    /// <summary>Signed statements.</summary>
    Statements,
}
