namespace EnergyNode.Consensus;

/// <summary>What a vote weighs.</summary>
public enum QuorumRule
{
    /// <summary>Each validator counts one; a quorum is ⌊(N+f)/2⌋+1.</summary>
    Heads,

    /// <summary>Each validator counts its voting power; a quorum is more than 2/3 of the total.</summary>
    Power,
}
