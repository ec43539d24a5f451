namespace EnergyNode.Market.Books;

/// <summary>
/// How long an order stands in a book (BOOK-4). The first two have the numbers of
/// <see cref="EnergyNode.Ledger.TimeInForce"/>.
/// </summary>
public enum BookTimeInForce : byte
{
    /// <summary>Rests until it is filled or withdrawn.</summary>
    GoodTillCancelled = 0,

    /// <summary>
    /// Takes what there is (in a call auction: takes part in the next clearing), then the rest expires.
    /// </summary>
    ImmediateOrCancel = 1,

    /// <summary>Is filled at once and as a whole, or expires without a trade. Not in call auctions.</summary>
    FillOrKill = 2,

    /// <summary>Rests until <see cref="OrderBook.EndEpoch"/>.</summary>
    GoodTillEpoch = 3,

    /// <summary>Rests until <see cref="OrderBook.EndUntil"/> reaches its <see cref="BookOrder.ValidUntil"/>.</summary>
    GoodTillTime = 4,
}
