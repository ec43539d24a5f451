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

    /// <summary>The quantity is not in 1 … <see cref="BookLimits.MaxOrderWattHours"/>.</summary>
    InvalidOrderAmount = 2,

    /// <summary>The price's magnitude exceeds <see cref="BookLimits.MaxPriceMagnitude"/>.</summary>
    InvalidPrice = 3,

    /// <summary>An order with this id rests in the book.</summary>
    DuplicateOrderId = 4,

    /// <summary>The book holds its limit of resting orders, and this one might have to rest.</summary>
    BookFull = 5,

    /// <summary>No order with this id rests in the book: never here, filled, cancelled or expired.</summary>
    OrderNotFound = 6,

    /// <summary>A restored order is immediate-or-cancel, which never rests in a continuous book.</summary>
    InvalidTimeInForce = 7,

    /// <summary>A restored order would trade with one at rest: the leaves are not those of a continuous book.</summary>
    CrossedBook = 8,

    /// <summary>Only a call auction is cleared.</summary>
    WrongMechanism = 9,
}
