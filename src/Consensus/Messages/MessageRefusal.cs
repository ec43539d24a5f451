namespace EnergyNode.Consensus;

/// <summary>Why a message, a decision or a certificate is not believed, in the order in which it is checked.</summary>
public enum MessageRefusal
{
    /// <summary>It is not refused.</summary>
    None = 0,

    /// <summary>Not the canonical bytes of a message, or a block that is not the one of the statement.</summary>
    Malformed,

    /// <summary>The sender or a signer of a certificate is not in the validator set.</summary>
    UnknownSigner,

    /// <summary>The sender's own signature is bad: this says nothing about the validator that it names.</summary>
    BadSignature,

    /// <summary>A message of another protocol than the one that decides this height.</summary>
    ForeignProtocol,

    /// <summary>A proposal above view 0 without justification, or one in view 0 with it.</summary>
    JustificationMisplaced,

    /// <summary>A certificate speaks of another height, view or block than what it is to prove.</summary>
    CertificateMismatch,

    /// <summary>Signers are not strictly rising, so that one might be counted twice.</summary>
    SignersNotSorted,

    /// <summary>The distinct signers are too few, or have too little at stake, for a quorum.</summary>
    NoQuorum,

    /// <summary>A signature inside a certificate is bad: the sender should have refused it, too.</summary>
    BadCertificateSignature,

    /// <summary>The highest prepared view that was claimed is not the one that is proved.</summary>
    HighestPreparedMismatch,

    /// <summary>The block names another chain or another validator set.</summary>
    ForeignBlock,

    /// <summary>The hash of block and nonce is not low enough for the difficulty that it claims.</summary>
    NotEnoughWork,

    /// <summary>A difficulty is not the one that the rule gives after the block below.</summary>
    WrongDifficulty,
}
