namespace EnergyNode.Actors.Node;

/// <summary>The streams of a node's journal.</summary>
public static class PersistenceIds
{
    /// <summary>Decided blocks; the sequence number is the height.</summary>
    public const string Blocks = "blocks";

    /// <summary>Consensus safety records of the height in progress.</summary>
    public const string Consensus = "consensus";

    /// <summary>Batches of the height in progress that this node may have voted for.</summary>
    public const string Payloads = "payloads";

    /// <summary>Proofs that validators lied, as this node found them.</summary>
    public const string Evidence = "evidence";

    /// <summary>What others signed at heights with several views: for forensics, the last ones only.</summary>
    public const string Statements = "statements";

    /// <summary>Checkpoint certificates.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>What was found out of promises that a lost journal may have had.</summary>
    public const string Rejoin = "rejoin";
}
