namespace EnergyNode.Market.Books;

/// <summary>
/// Why a book refused a request, in precedence order: of several reasons the first is given. A refused request leaves
/// the book as it was and appends no event.
/// </summary>
public enum BookRefusal : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>Order ids are 1 or greater.</summary>
    InvalidOrderId = 1,

    /// <summary>
    /// The quantity is not in 1 … <see cref="BookLimits.MaxOrderWattHours"/>, or the minimum not in 0 … the quantity.
    /// </summary>
    InvalidOrderAmount = 2,

    /// <summary>
    /// The price's magnitude exceeds <see cref="BookLimits.MaxPriceMagnitude"/>, or a market order has one.
    /// </summary>
    InvalidPrice = 3,

    /// <summary>The order's terms are unknown or exclude each other.</summary>
    InvalidTerms = 4,

    /// <summary>The order's terms have no meaning in a call auction.</summary>
    NotInAuction = 5,

    /// <summary>An order with this id rests in the book.</summary>
    DuplicateOrderId = 6,

    /// <summary>No order with this id rests in the book: never here, filled, cancelled or expired.</summary>
    OrderNotFound = 7,

    /// <summary>The book holds its limit of resting orders, and this one might have to rest.</summary>
    BookFull = 8,

    /// <summary>A post-only order would trade.</summary>
    WouldTrade = 9,

    /// <summary>A restored order is of a kind that never rests in such a book.</summary>
    InvalidTimeInForce = 10,

    /// <summary>A restored order would trade with one at rest: the leaves are not those of a continuous book.</summary>
    CrossedBook = 11,

    /// <summary>Only a call auction is cleared.</summary>
    WrongMechanism = 12,
}
