using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>
/// A reusable, growing list of events. The book appends; the caller reads and clears. Empty ones are small: a quote has
/// no events.
/// </summary>
public sealed class BookEventBuffer
{
    private const int FirstCapacity = 8;

    private BookEvent[] _events = [];

    public int Count { get; private set; }

    public ref readonly BookEvent this[int index] => ref AsSpan()[index];

    /// <summary>The events in order. Valid until the next append or clear.</summary>
    public ReadOnlySpan<BookEvent> AsSpan() => _events.AsSpan(0, Count);

    public void Clear() => Count = 0;

    internal void AppendSingle(BookEventKind kind, in BookOrder order, WattHours open) =>
        Append() = new BookEvent(
            kind, order.Side, order.Id, order.Owner, default, 0, order.Price, order.Quantity, open, WattHours.Zero);

    internal void AppendTrade(
        Side side,
        OrderId order,
        int owner,
        OrderId counter,
        int counterOwner,
        Price price,
        WattHours quantity,
        WattHours open,
        WattHours counterOpen) =>
        Append() = new BookEvent(
            BookEventKind.Trade, side, order, owner, counter, counterOwner, price, quantity, open, counterOpen);

    /// <summary>
    /// Gives the trades from <paramref name="start"/> on their price: it is known after the last of them.
    /// </summary>
    internal void SetPrice(int start, Price price)
    {
        foreach (ref BookEvent item in _events.AsSpan(start, Count - start))
        {
            item = item with { Price = price };
        }
    }

    private ref BookEvent Append()
    {
        if (Count == _events.Length)
        {
            Array.Resize(ref _events, Math.Max(FirstCapacity, Count * 2));
        }

        return ref _events[Count++];
    }
}
