namespace EnergyNode.Ledger;

/// <summary>What a <see cref="StateProof"/> shows for one key under one root.</summary>
public enum StateProofResult
{
    /// <summary>Nothing: the proof is not of this root and key.</summary>
    Invalid = 0,

    /// <summary>The key has the value that comes with the proof.</summary>
    Present,

    /// <summary>The map has no such key.</summary>
    Absent,
}
