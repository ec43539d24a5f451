namespace EnergyNode.Actors.Clients;

/// <summary>Why a node does not take a batch into its mempool. Numbers are part of the wire format.</summary>
public enum AdmissionRefusal : byte
{
    None = 0,

    /// <summary>Not the encoding of wire.md, beyond a limit, or of another chain.</summary>
    Malformed = 1,

    /// <summary>The batch's signature, or that of a reading in it, is wrong.</summary>
    BadSignature = 2,

    /// <summary>The signer is no registered user.</summary>
    UnknownSigner = 3,

    /// <summary>Its <c>validUntil</c> has passed, or is further ahead than the ledger allows.</summary>
    Expired = 4,

    /// <summary>The nonce is used or outside the signer's window.</summary>
    NonceUnusable = 5,

    /// <summary>The signer has as many batches waiting as it may have: wait for some to become final.</summary>
    QuotaExceeded = 6,

    /// <summary>The mempool is full: try again later.</summary>
    MempoolFull = 7,

    /// <summary>The node follows the chain but takes no batches, or is still catching up.</summary>
    NotReady = 8,
}
