using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>
/// One fact about one book. Events are ordered; their order is part of the ledger's outcome (BOOK-11).
/// </summary>
/// <param name="Kind">What happened.</param>
/// <param name="Side">The side of <paramref name="Order"/>.</param>
/// <param name="Order">The order; of a trade, the taker (continuous) or the bid (call auction).</param>
/// <param name="Owner">The owner's handle of <paramref name="Order"/>.</param>
/// <param name="Counter">Of a trade, the maker (continuous) or the ask (call auction); otherwise the default.</param>
/// <param name="CounterOwner">The owner's handle of <paramref name="Counter"/>.</param>
/// <param name="Price">Of a trade, what is paid; otherwise the order's limit (replaced: the new one).</param>
/// <param name="Quantity">Accepted: all of the order. Trade: what was traded. Otherwise: what was open.</param>
/// <param name="Open">What is open of <paramref name="Order"/> after this event.</param>
/// <param name="CounterOpen">What is open of <paramref name="Counter"/> after this event.</param>
public readonly record struct BookEvent(
    BookEventKind Kind,
    Side Side,
    OrderId Order,
    int Owner,
    OrderId Counter,
    int CounterOwner,
    Price Price,
    WattHours Quantity,
    WattHours Open,
    WattHours CounterOpen)
{
    /// <summary>The buying order of a trade.</summary>
    public OrderId Bid => Side == Side.Buy ? Order : Counter;

    /// <summary>The selling order of a trade.</summary>
    public OrderId Ask => Side == Side.Sell ? Order : Counter;
}
