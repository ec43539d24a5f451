using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Tests.Books;

/// <summary>
/// The oracle: two lists kept in priority order, written for clarity and independently of the real book. What an order
/// could trade at once is found by trading it in a copy.
/// </summary>
internal sealed class NaiveBook(BookMechanism mechanism, int capacity)
{
    private readonly bool _continuous = mechanism == BookMechanism.Continuous;
    private readonly List<Entry> _bids = [];
    private readonly List<Entry> _asks = [];

    public IEnumerable<BookOrder> Orders(Side side) => ListOf(side).Select(entry => entry.Order);

    public BookRefusal Submit(BookOrder order, List<BookEvent> events)
    {
        bool rests = !_continuous || !EndsAtOnce(order);
        BookRefusal refusal = NaiveAdmission.Check(mechanism, order);
        refusal = refusal != BookRefusal.None ? refusal
            : Find(order.Id) is not null ? BookRefusal.DuplicateOrderId
            : rests && _bids.Count + _asks.Count >= capacity ? BookRefusal.BookFull
            : order.IsPostOnly && MeetsMaker(order) ? BookRefusal.WouldTrade
            : BookRefusal.None;
        if (refusal == BookRefusal.None)
        {
            events.Add(Single(BookEventKind.Accepted, order, order.Quantity));
            Enter(order, rests, events);
        }

        return refusal;
    }

    public BookRefusal Cancel(OrderId id, List<BookEvent> events)
    {
        if (Find(id) is not { } found)
        {
            return BookRefusal.OrderNotFound;
        }

        Withdraw(found, BookEventKind.Cancelled, events);
        return BookRefusal.None;
    }

    public BookRefusal Replace(OrderId id, Price price, WattHours quantity, List<BookEvent> events)
    {
        Entry? found = Find(id);
        BookOrder old = found?.Order ?? default;
        BookOrder changed = old with { Price = price, Quantity = quantity };
        bool keepsPlace = price == old.Price && quantity.Wh <= old.Quantity.Wh;
        BookRefusal refusal =
            quantity.Wh is <= 0 or > 1_000_000_000 ? BookRefusal.InvalidOrderAmount
            : Math.Abs(price.MicroPerKwh) > 1_000_000_000_000 ? BookRefusal.InvalidPrice
            : found is null ? BookRefusal.OrderNotFound
            : !keepsPlace && old.IsPostOnly && MeetsMaker(changed) ? BookRefusal.WouldTrade
            : BookRefusal.None;
        if (refusal != BookRefusal.None)
        {
            return refusal;
        }

        events.Add(Single(BookEventKind.Replaced, changed with { Quantity = old.Quantity }, quantity));
        if (keepsPlace)
        {
            found!.Order = changed;
        }
        else
        {
            ListOf(old.Side).Remove(found!);
            Enter(changed, true, events);
        }

        return BookRefusal.None;
    }

    public int WithdrawAll(Func<BookOrder, bool> which, BookEventKind kind, List<BookEvent> events)
    {
        List<Entry> leaving = [.. _bids.Concat(_asks).Where(entry => which(entry.Order)).OrderBy(e => e.Order.Id)];
        leaving.ForEach(entry => Withdraw(entry, kind, events));
        return leaving.Count;
    }

    public Price? Clear(List<BookEvent> events)
    {
        List<BookEvent> trades = [];
        long lastPrices = 0;
        while (_bids.Count > 0 && _asks.Count > 0 && _bids[0].Order.Price >= _asks[0].Order.Price)
        {
            lastPrices = (_bids[0].Order.Price + _asks[0].Order.Price).MicroPerKwh;
            trades.Add(Trade(_bids[0], _asks[0], _bids[0].Order.Price));
            RemoveFilled();
        }

        Price? price = trades.Count == 0 || mechanism == BookMechanism.PayAsBidAuction
            ? null
            : new Price((long)Math.Floor(lastPrices / 2m));
        events.AddRange(trades.Select(trade => trade with { Price = price ?? trade.Price }));
        WithdrawAll(o => o.TimeInForce == BookTimeInForce.ImmediateOrCancel, BookEventKind.Expired, events);
        return price;
    }

    private static bool EndsAtOnce(BookOrder order) =>
        order.TimeInForce is BookTimeInForce.ImmediateOrCancel or BookTimeInForce.FillOrKill;

    private static BookEvent Single(BookEventKind kind, BookOrder order, WattHours open) =>
        new(kind, order.Side, order.Id, order.Owner, default, 0, order.Price, order.Quantity, open, default);

    private static BookEvent Trade(Entry first, Entry second, Price price)
    {
        WattHours quantity = WattHours.Min(first.Order.Quantity, second.Order.Quantity);
        first.Order = first.Order with { Quantity = first.Order.Quantity - quantity };
        second.Order = second.Order with { Quantity = second.Order.Quantity - quantity };
        return new BookEvent(
            BookEventKind.Trade, first.Order.Side, first.Order.Id, first.Order.Owner, second.Order.Id,
            second.Order.Owner, price, quantity, first.Order.Quantity, second.Order.Quantity);
    }

    private static bool Accepts(BookOrder taker, BookOrder maker) =>
        taker.IsMarket || (taker.Side == Side.Buy ? maker.Price <= taker.Price : maker.Price >= taker.Price);

    private void Enter(BookOrder order, bool rests, List<BookEvent> events)
    {
        Entry taker = new(order);
        if (_continuous)
        {
            WattHours wanted = order.TimeInForce == BookTimeInForce.FillOrKill ? order.Quantity : order.MinimumQuantity;
            if (wanted > WattHours.Zero && Copy().TradedBy(order) < wanted)
            {
                events.Add(Single(BookEventKind.Expired, order, WattHours.Zero));
                return;
            }

            Match(taker, events);
        }

        if (taker.Order.Quantity == WattHours.Zero)
        {
            return;
        }

        if (rests)
        {
            List<Entry> list = ListOf(order.Side);
            int place = list.FindIndex(entry => order.Side == Side.Buy
                ? entry.Order.Price < order.Price
                : entry.Order.Price > order.Price);
            taker.Order = taker.Order with { MinimumQuantity = WattHours.Zero };
            list.Insert(place < 0 ? list.Count : place, taker);
        }
        else
        {
            events.Add(Single(BookEventKind.Expired, taker.Order, WattHours.Zero));
        }
    }

    private void Match(Entry taker, List<BookEvent> events)
    {
        List<Entry> makers = ListOf(taker.Order.Side == Side.Buy ? Side.Sell : Side.Buy);
        while (taker.Order.Quantity > WattHours.Zero && makers.Count > 0 && Accepts(taker.Order, makers[0].Order))
        {
            SelfTradePrevention mode = taker.Order.SelfTradePrevention;
            if (mode == SelfTradePrevention.None || makers[0].Order.Owner != taker.Order.Owner)
            {
                events.Add(Trade(taker, makers[0], makers[0].Order.Price));
                RemoveFilled();
                continue;
            }

            if (mode is SelfTradePrevention.CancelMaker or SelfTradePrevention.CancelBoth)
            {
                Withdraw(makers[0], BookEventKind.Prevented, events);
            }

            if (mode is SelfTradePrevention.CancelTaker or SelfTradePrevention.CancelBoth)
            {
                events.Add(Single(BookEventKind.Prevented, taker.Order, WattHours.Zero));
                taker.Order = taker.Order with { Quantity = WattHours.Zero };
            }
        }
    }

    private NaiveBook Copy()
    {
        NaiveBook copy = new(mechanism, capacity);
        copy._bids.AddRange(_bids.Select(entry => new Entry(entry.Order)));
        copy._asks.AddRange(_asks.Select(entry => new Entry(entry.Order)));
        return copy;
    }

    private WattHours TradedBy(BookOrder order)
    {
        List<BookEvent> events = [];
        Match(new Entry(order), events);
        return new WattHours(events.Where(e => e.Kind == BookEventKind.Trade).Sum(e => e.Quantity.Wh));
    }

    private bool MeetsMaker(BookOrder order) =>
        ListOf(order.Side == Side.Buy ? Side.Sell : Side.Buy).Exists(maker => Accepts(order, maker.Order));

    private Entry? Find(OrderId id) =>
        _bids.Find(entry => entry.Order.Id == id) ?? _asks.Find(entry => entry.Order.Id == id);

    private void Withdraw(Entry entry, BookEventKind kind, List<BookEvent> events)
    {
        ListOf(entry.Order.Side).Remove(entry);
        events.Add(Single(kind, entry.Order, WattHours.Zero));
    }

    private void RemoveFilled()
    {
        foreach (List<Entry> list in (List<Entry>[])[_bids, _asks])
        {
            if (list.Count > 0 && list[0].Order.Quantity == WattHours.Zero)
            {
                list.RemoveAt(0);
            }
        }
    }

    private List<Entry> ListOf(Side side) => side == Side.Buy ? _bids : _asks;

    private sealed class Entry(BookOrder order)
    {
        public BookOrder Order { get; set; } = order;
    }
}
