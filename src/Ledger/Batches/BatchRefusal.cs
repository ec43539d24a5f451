namespace EnergyNode.Ledger;

/// <summary>Why bytes are not a batch that may enter a mempool or a block. In the order of the checks.</summary>
public enum BatchRefusal
{
    None = 0,

    /// <summary>Not the encoding of wire.md, or beyond a limit.</summary>
    Malformed,

    /// <summary>Made for another chain.</summary>
    WrongChain,

    /// <summary>The batch's signature does not fit its signer and bytes.</summary>
    BadSignature,

    /// <summary>A reading in it is not signed by the key it names.</summary>
    BadReadingSignature,
}
