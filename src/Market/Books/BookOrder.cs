using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>An order as it enters a book, or as it rests there. Which terms go together is BOOK-12.</summary>
/// <param name="Id">Unique among the orders at rest in the book.</param>
/// <param name="Owner">The caller's handle of the account. The book hands it back in events and compares it, for
/// self-trade prevention and for <see cref="OrderBook.CancelAll"/>.</param>
/// <param name="Side">Bid or ask.</param>
/// <param name="Price">The limit in the book (a bid's limit less the grid fee); of a market order 0.</param>
/// <param name="Quantity">What is still open.</param>
/// <param name="TimeInForce">Whether and how long a remainder stays.</param>
public readonly record struct BookOrder(
    OrderId Id, int Owner, Side Side, Price Price, WattHours Quantity, BookTimeInForce TimeInForce)
{
    /// <summary>Takes any price; never rests.</summary>
    public bool IsMarket { get; init; }

    /// <summary>Refused instead of trading on arrival.</summary>
    public bool IsPostOnly { get; init; }

    public SelfTradePrevention SelfTradePrevention { get; init; }

    /// <summary>What must trade on arrival, else the whole order expires; 0 for none. An order at rest has 0.</summary>
    public WattHours MinimumQuantity { get; init; }

    /// <summary>When a good-till-time order ends; of any other the default.</summary>
    public Instant ValidUntil { get; init; }

    internal bool NeverRests => TimeInForce is BookTimeInForce.ImmediateOrCancel or BookTimeInForce.FillOrKill;

    /// <summary>The worst price at which the order trades.</summary>
    internal long LimitMicro =>
        !IsMarket ? Price.MicroPerKwh
        : Side == Side.Buy ? BookLimits.MaxPriceMagnitude
        : -BookLimits.MaxPriceMagnitude;

    /// <summary>What must trade on arrival; of fill-or-kill all of it.</summary>
    internal long WantedAtOnceWh => TimeInForce == BookTimeInForce.FillOrKill ? Quantity.Wh : MinimumQuantity.Wh;
}
