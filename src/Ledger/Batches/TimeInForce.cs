namespace EnergyNode.Ledger;

/// <summary>How long an order stands.</summary>
public enum TimeInForce : byte
{
    /// <summary>
    /// Rests until it is filled or cancelled. An ask of a spot book ends at the latest with the epoch whose tokens it
    /// offers.
    /// </summary>
    GoodTillCancelled = 0,

    /// <summary>
    /// Takes what there is (in a call auction: takes part in the next one), then what is left is cancelled.
    /// </summary>
    ImmediateOrCancel = 1,

    /// <summary>Is filled at once and as a whole, or expires without a trade. Not in call auctions.</summary>
    FillOrKill = 2,

    /// <summary>Rests until the close of the epoch that is open when it is placed.</summary>
    GoodTillEpoch = 3,

    /// <summary>Rests until the first block whose time is not before <see cref="OrderTerms.ValidUntil"/>.</summary>
    GoodTillTime = 4,
}
