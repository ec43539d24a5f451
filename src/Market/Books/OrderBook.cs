using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>
/// One order book as a single-threaded machine in whole numbers: price-time priority, continuous matching or a call
/// auction. The rules are in <c>docs/spec/market-book.md</c> (BOOK-1 …). Equal calls give equal events.
/// </summary>
public sealed class OrderBook
{
    private readonly OrderStore _store = new();
    private readonly int _maxRestingOrders;
    private long[] _expiring = new long[16];

    /// <param name="mechanism">How trades are found; fixed for the life of the book.</param>
    /// <param name="maxRestingOrders">1 … <see cref="BookLimits.MaxRestingOrders"/>.</param>
    public OrderBook(BookMechanism mechanism, int maxRestingOrders = BookLimits.MaxRestingOrders)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRestingOrders, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRestingOrders, BookLimits.MaxRestingOrders);
        Mechanism = mechanism;
        _maxRestingOrders = maxRestingOrders;
    }

    public BookMechanism Mechanism { get; }

    /// <summary>Orders at rest on both sides.</summary>
    public int Count => _store.Count;

    internal OrderStore Store => _store;

    /// <summary>
    /// BOOK-4, BOOK-6: takes an order. Appends Accepted; in a continuous book also its trades, and Expired for what
    /// is left of an immediate-or-cancel order.
    /// </summary>
    public BookRefusal Submit(in BookOrder order, BookEventBuffer events)
    {
        bool mayRest = Mechanism == BookMechanism.CallAuction || order.TimeInForce == TimeInForce.GoodTillCancelled;
        BookRefusal refusal = Check(order, mayRest);
        if (refusal != BookRefusal.None)
        {
            return refusal;
        }

        AppendSingle(events, BookEventKind.Accepted, order, order.Quantity);
        long open = Mechanism == BookMechanism.Continuous ? Match(order, events) : order.Quantity.Wh;
        if (open == 0)
        {
            return BookRefusal.None;
        }

        if (mayRest)
        {
            _store.Add(order, open);
        }
        else
        {
            AppendSingle(events, BookEventKind.Expired, order with { Quantity = new WattHours(open) }, WattHours.Zero);
        }

        return BookRefusal.None;
    }

    /// <summary>BOOK-5: withdraws what is open of an order. Appends Cancelled, or refuses with OrderNotFound.</summary>
    public BookRefusal Cancel(OrderId id, BookEventBuffer events)
    {
        int slot = id.Value > 0 ? _store.Find(id) : OrderSlot.None;
        if (slot < 0)
        {
            return BookRefusal.OrderNotFound;
        }

        Withdraw(slot, BookEventKind.Cancelled, events);
        return BookRefusal.None;
    }

    /// <summary>
    /// BOOK-7: clears a call auction: the volume-maximising uniform price, floor of the midpoint of the last accepted
    /// ask and bid. Appends the trades in walking order (the order is the bid, the counter the ask), then Expired for
    /// each immediate-or-cancel remainder in the order of ids.
    /// </summary>
    public BookRefusal Clear(BookEventBuffer events, out AuctionResult result)
    {
        result = default;
        if (Mechanism != BookMechanism.CallAuction)
        {
            return BookRefusal.WrongMechanism;
        }

        int start = events.Count;
        long volume = 0;
        Price? lastBid = null;
        Price? lastAsk = null;
        while (TryTouch(out int bidSlot, out int askSlot))
        {
            lastBid = _store.PriceOf(bidSlot);
            lastAsk = _store.PriceOf(askSlot);
            volume += TradePair(bidSlot, askSlot, events);
        }

        // BOOK-8: an arithmetic shift rounds towards minus infinity, for negative prices too.
        Price? price = lastBid is { } bid && lastAsk is { } ask
            ? new Price((bid.MicroPerKwh + ask.MicroPerKwh) >> 1)
            : null;
        events.SetPrice(start, price ?? default);
        int trades = events.Count - start;
        int expired = ExpireImmediate(events);
        result = new AuctionResult(price, lastBid, lastAsk, new WattHours(volume), trades, expired);
        return BookRefusal.None;
    }

    /// <summary>
    /// BOOK-10: puts back an order from a state leaf, without events. Leaves given in priority order yield a book
    /// that answers every further call as the original would.
    /// </summary>
    public BookRefusal RestoreOrder(in BookOrder order)
    {
        BookRefusal refusal = Check(order, mayRest: true);
        if (refusal != BookRefusal.None)
        {
            return refusal;
        }

        if (Mechanism == BookMechanism.Continuous)
        {
            if (order.TimeInForce == TimeInForce.ImmediateOrCancel)
            {
                return BookRefusal.InvalidTimeInForce;
            }

            int best = _store.First(Opposite(order.Side));
            if (best >= 0 && Crosses(order.Side, order.Price, _store.PriceOf(best)))
            {
                return BookRefusal.CrossedBook;
            }
        }

        _store.Add(order, order.Quantity.Wh);
        return BookRefusal.None;
    }

    public bool TryGet(OrderId id, out BookOrder order)
    {
        int slot = id.Value > 0 ? _store.Find(id) : OrderSlot.None;
        order = slot < 0 ? default : _store.Order(slot).ToOrder(_store.PriceOf(slot));
        return slot >= 0;
    }

    /// <summary>The best price of a side with what rests there, or null when the side is empty.</summary>
    public DepthLevel? Best(Side side)
    {
        int level = _store.Ladder(side).Best;
        return level < 0 ? null : ToDepth(_store.Level(level));
    }

    /// <summary>How many price levels a side has.</summary>
    public int LevelCount(Side side) => _store.Ladder(side).Count;

    /// <summary>Copies a side's levels from the best on, as many as fit.</summary>
    /// <returns>How many were copied.</returns>
    public int CopyDepth(Side side, Span<DepthLevel> destination)
    {
        PriceLadder ladder = _store.Ladder(side);
        LadderCursor cursor = default;
        int copied = 0;
        while (copied < destination.Length && ladder.Next(ref cursor) is >= 0 and int level)
        {
            destination[copied++] = ToDepth(_store.Level(level));
        }

        return copied;
    }

    /// <summary>A side's resting orders in priority order. The book must not change meanwhile.</summary>
    public RestingOrders Orders(Side side) => new(_store, side);

    private static DepthLevel ToDepth(in LevelSlot level) =>
        new(new Price(level.Price), new WattHours(level.Total), level.Orders);

    private static Side Opposite(Side side) => side == Side.Buy ? Side.Sell : Side.Buy;

    private static bool Crosses(Side side, Price limit, Price resting) =>
        side == Side.Buy ? limit >= resting : limit <= resting;

    private static void AppendSingle(BookEventBuffer events, BookEventKind kind, in BookOrder order, WattHours open) =>
        events.Append() = new BookEvent(
            kind, order.Side, order.Id, order.Owner, default, 0, order.Price, order.Quantity, open, WattHours.Zero);

    /// <summary>BOOK-1.</summary>
    private BookRefusal Check(in BookOrder order, bool mayRest)
    {
        if (order.Id.Value < 1)
        {
            return BookRefusal.InvalidOrderId;
        }

        if (order.Quantity.Wh is < 1 or > BookLimits.MaxOrderWattHours)
        {
            return BookRefusal.InvalidOrderAmount;
        }

        if (order.Price.MicroPerKwh is < -BookLimits.MaxPriceMagnitude or > BookLimits.MaxPriceMagnitude)
        {
            return BookRefusal.InvalidPrice;
        }

        if (_store.Find(order.Id) >= 0)
        {
            return BookRefusal.DuplicateOrderId;
        }

        return mayRest && _store.Count >= _maxRestingOrders ? BookRefusal.BookFull : BookRefusal.None;
    }

    /// <summary>BOOK-3: trades an arriving order against the other side, at the makers' prices.</summary>
    /// <returns>What is still open.</returns>
    private long Match(in BookOrder taker, BookEventBuffer events)
    {
        Side makerSide = Opposite(taker.Side);
        long open = taker.Quantity.Wh;
        while (open > 0)
        {
            int slot = _store.First(makerSide);
            if (slot < 0)
            {
                break;
            }

            ref readonly OrderSlot maker = ref _store.Order(slot);
            Price price = new(_store.Level(maker.Level).Price);
            if (!Crosses(taker.Side, taker.Price, price))
            {
                break;
            }

            OrderId makerId = new(maker.Id);
            int makerOwner = maker.Owner;
            long quantity = Math.Min(open, maker.Open);
            open -= quantity;
            long makerOpen = _store.Fill(slot, quantity);
            events.Append() = new BookEvent(
                BookEventKind.Trade, taker.Side, taker.Id, taker.Owner, makerId, makerOwner,
                price, new WattHours(quantity), new WattHours(open), new WattHours(makerOpen));
        }

        return open;
    }

    /// <summary>The first bid and the first ask, when they overlap.</summary>
    private bool TryTouch(out int bidSlot, out int askSlot)
    {
        bidSlot = _store.First(Side.Buy);
        askSlot = _store.First(Side.Sell);
        return bidSlot >= 0 && askSlot >= 0 && _store.PriceOf(bidSlot) >= _store.PriceOf(askSlot);
    }

    private long TradePair(int bidSlot, int askSlot, BookEventBuffer events)
    {
        OrderSlot bid = _store.Order(bidSlot);
        OrderSlot ask = _store.Order(askSlot);
        long quantity = Math.Min(bid.Open, ask.Open);
        long bidOpen = _store.Fill(bidSlot, quantity);
        long askOpen = _store.Fill(askSlot, quantity);
        events.Append() = new BookEvent(
            BookEventKind.Trade, Side.Buy, new OrderId(bid.Id), bid.Owner, new OrderId(ask.Id), ask.Owner,
            default, new WattHours(quantity), new WattHours(bidOpen), new WattHours(askOpen));
        return quantity;
    }

    /// <summary>BOOK-9.</summary>
    private int ExpireImmediate(BookEventBuffer events)
    {
        int expected = _store.ImmediateCount;
        if (expected > _expiring.Length)
        {
            Array.Resize(ref _expiring, Math.Max(expected, _expiring.Length * 2));
        }

        int found = 0;
        for (int slot = 0; found < expected; slot++)
        {
            ref readonly OrderSlot order = ref _store.Order(slot);
            if (order.Id != 0 && order.TimeInForce == TimeInForce.ImmediateOrCancel)
            {
                _expiring[found++] = order.Id;
            }
        }

        Span<long> ids = _expiring.AsSpan(0, found);
        ids.Sort();
        foreach (long id in ids)
        {
            Withdraw(_store.Find(new OrderId(id)), BookEventKind.Expired, events);
        }

        return found;
    }

    private void Withdraw(int slot, BookEventKind kind, BookEventBuffer events)
    {
        AppendSingle(events, kind, _store.Order(slot).ToOrder(_store.PriceOf(slot)), WattHours.Zero);
        _store.Remove(slot);
    }
}
