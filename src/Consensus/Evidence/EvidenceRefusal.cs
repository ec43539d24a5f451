namespace EnergyNode.Consensus.Evidence;

/// <summary>Why bytes prove nothing, in the order in which it is checked.</summary>
public enum EvidenceRefusal
{
    /// <summary>They prove what they say.</summary>
    None = 0,

    /// <summary>
    /// Not the canonical form of evidence, or two statements that do not exclude each other in the way claimed.
    /// </summary>
    Malformed,

    /// <summary>The culprit is not in the validator set of the height; or it is, and is said not to be.</summary>
    WrongSet,

    /// <summary>The header is not that of the block that was proposed, or the batch is not in the block.</summary>
    NotThatBlock,

    /// <summary>The proposal does not have the fault that it is said to have.</summary>
    NoFault,

    /// <summary>A signature is not the culprit's: it may have been made up by anyone.</summary>
    BadSignature,
}
