using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Tests.Books;

/// <summary>
/// The oracle: two sorted lists, written for clarity and independently of the real book. Priority is an arrival number.
/// </summary>
internal sealed class NaiveBook(BookMechanism mechanism, int capacity)
{
    private readonly List<Entry> _entries = [];
    private long _arrivals;

    public IEnumerable<BookOrder> Orders(Side side) => Sorted(side).Select(entry => entry.Order);

    public BookRefusal Submit(BookOrder order, List<BookEvent> events)
    {
        bool rests = mechanism == BookMechanism.CallAuction || order.TimeInForce == TimeInForce.GoodTillCancelled;
        BookRefusal refusal =
            order.Id.Value <= 0 ? BookRefusal.InvalidOrderId
            : order.Quantity.Wh <= 0 || order.Quantity.Wh > 1_000_000_000 ? BookRefusal.InvalidOrderAmount
            : Math.Abs(order.Price.MicroPerKwh) > 1_000_000_000_000 ? BookRefusal.InvalidPrice
            : _entries.Any(entry => entry.Order.Id == order.Id) ? BookRefusal.DuplicateOrderId
            : rests && _entries.Count >= capacity ? BookRefusal.BookFull
            : BookRefusal.None;
        if (refusal != BookRefusal.None)
        {
            return refusal;
        }

        events.Add(Single(BookEventKind.Accepted, order, order.Quantity));
        Entry taker = new(order, _arrivals++);
        if (mechanism == BookMechanism.Continuous)
        {
            Match(taker, events);
        }

        if (taker.Order.Quantity.Wh > 0 && rests)
        {
            _entries.Add(taker);
        }
        else if (taker.Order.Quantity.Wh > 0)
        {
            events.Add(Single(BookEventKind.Expired, taker.Order, WattHours.Zero));
        }

        return BookRefusal.None;
    }

    public BookRefusal Cancel(OrderId id, List<BookEvent> events)
    {
        Entry? found = _entries.Find(entry => entry.Order.Id == id);
        if (found is null)
        {
            return BookRefusal.OrderNotFound;
        }

        _entries.Remove(found);
        events.Add(Single(BookEventKind.Cancelled, found.Order, WattHours.Zero));
        return BookRefusal.None;
    }

    public Price? Clear(List<BookEvent> events)
    {
        List<(Entry Bid, Entry Ask, long Quantity)> pairs = [];
        Queue<Entry> bids = new(Sorted(Side.Buy));
        Queue<Entry> asks = new(Sorted(Side.Sell));
        List<BookEvent> trades = [];
        while (bids.Count > 0 && asks.Count > 0 && bids.Peek().Order.Price >= asks.Peek().Order.Price)
        {
            long quantity = Math.Min(bids.Peek().Order.Quantity.Wh, asks.Peek().Order.Quantity.Wh);
            Entry bid = bids.Peek();
            Entry ask = asks.Peek();
            trades.Add(TradeOf(bid, ask, quantity, default));
            pairs.Add((bid, ask, quantity));
            _ = bid.Order.Quantity.Wh == 0 ? bids.Dequeue() : null;
            _ = ask.Order.Quantity.Wh == 0 ? asks.Dequeue() : null;
        }

        Price? price = pairs.Count == 0
            ? null
            : new Price((long)Math.Floor((pairs[^1].Bid.Order.Price + pairs[^1].Ask.Order.Price).MicroPerKwh / 2m));
        events.AddRange(trades.Select(trade => trade with { Price = price!.Value }));
        _entries.RemoveAll(entry => entry.Order.Quantity.Wh == 0);
        foreach (Entry entry in _entries.OrderBy(entry => entry.Order.Id).ToList())
        {
            if (entry.Order.TimeInForce == TimeInForce.ImmediateOrCancel)
            {
                events.Add(Single(BookEventKind.Expired, entry.Order, WattHours.Zero));
                _entries.Remove(entry);
            }
        }

        return price;
    }

    private static BookEvent Single(BookEventKind kind, BookOrder order, WattHours open) =>
        new(kind, order.Side, order.Id, order.Owner, default, 0, order.Price, order.Quantity, open, default);

    private static BookEvent TradeOf(Entry order, Entry counter, long quantity, Price price)
    {
        order.Take(quantity);
        counter.Take(quantity);
        return new BookEvent(
            BookEventKind.Trade, order.Order.Side, order.Order.Id, order.Order.Owner, counter.Order.Id,
            counter.Order.Owner, price, new WattHours(quantity), order.Order.Quantity, counter.Order.Quantity);
    }

    private void Match(Entry taker, List<BookEvent> events)
    {
        bool buys = taker.Order.Side == Side.Buy;
        foreach (Entry maker in Sorted(buys ? Side.Sell : Side.Buy))
        {
            Price price = maker.Order.Price;
            if (taker.Order.Quantity.Wh == 0 || (buys ? price > taker.Order.Price : price < taker.Order.Price))
            {
                break;
            }

            long quantity = Math.Min(taker.Order.Quantity.Wh, maker.Order.Quantity.Wh);
            events.Add(TradeOf(taker, maker, quantity, price));
        }

        _entries.RemoveAll(entry => entry.Order.Quantity.Wh == 0);
    }

    private List<Entry> Sorted(Side side) =>
        [.. _entries
            .Where(entry => entry.Order.Side == side)
            .OrderBy(entry => side == Side.Buy ? -entry.Order.Price.MicroPerKwh : entry.Order.Price.MicroPerKwh)
            .ThenBy(entry => entry.Arrival)];

    private sealed class Entry(BookOrder order, long arrival)
    {
        public BookOrder Order { get; private set; } = order;

        public long Arrival { get; } = arrival;

        public void Take(long quantity) =>
            Order = Order with { Quantity = new WattHours(Order.Quantity.Wh - quantity) };
    }
}
