namespace EnergyNode.Market.Execution;

/// <summary>What became of a batch of a block. Only an executed one has receipts and uses its nonce.</summary>
public enum BatchStatus : byte
{
    Executed = 0,

    /// <summary>The signer is no registered user.</summary>
    UnknownSigner = 1,

    /// <summary>The block's time is after the batch's <c>validUntil</c>.</summary>
    Expired = 2,

    /// <summary><c>validUntil</c> is further ahead than the ledger allows.</summary>
    ValidTooLong = 3,

    /// <summary>The nonce is used, below the window, or too far ahead.</summary>
    NonceUnusable = 4,

    /// <summary>
    /// An in-order batch whose predecessor has not been executed. It may come again in a later block.
    /// </summary>
    OutOfOrder = 5,
}
