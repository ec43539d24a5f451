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
    private readonly ContinuousMatching _matching;
    private readonly AuctionClearing _clearing;
    private readonly OrderSweep _sweep;
    private readonly bool _isContinuous;
    private readonly int _maxRestingOrders;

    /// <param name="mechanism">How trades are found; fixed for the life of the book.</param>
    /// <param name="maxRestingOrders">1 … <see cref="BookLimits.MaxRestingOrders"/>.</param>
    public OrderBook(BookMechanism mechanism, int maxRestingOrders = BookLimits.MaxRestingOrders)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRestingOrders, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRestingOrders, BookLimits.MaxRestingOrders);
        Mechanism = mechanism;
        _isContinuous = mechanism == BookMechanism.Continuous;
        _maxRestingOrders = maxRestingOrders;
        _matching = new ContinuousMatching(_store);
        _clearing = new AuctionClearing(_store, payAsBid: mechanism == BookMechanism.PayAsBidAuction);
        _sweep = new OrderSweep(_store);
    }

    public BookMechanism Mechanism { get; }

    /// <summary>Orders at rest on both sides.</summary>
    public int Count => _store.Count;

    internal OrderStore Store => _store;

    /// <summary>
    /// BOOK-4, BOOK-6: takes an order. Appends Accepted; in a continuous book also its trades, what self-trade
    /// prevention withdrew, and Expired for what is left of an order that never rests.
    /// </summary>
    public BookRefusal Submit(in BookOrder order, BookEventBuffer events)
    {
        bool mayRest = !_isContinuous || !order.NeverRests;
        BookRefusal refusal = Check(order, mayRest);
        if (refusal != BookRefusal.None)
        {
            return refusal;
        }

        if (order.IsPostOnly && _matching.Reaches(order))
        {
            return BookRefusal.WouldTrade;
        }

        events.AppendSingle(BookEventKind.Accepted, order, order.Quantity);
        Enter(order, mayRest, events);
        return BookRefusal.None;
    }

    /// <summary>BOOK-5: withdraws what is open of an order. Appends Cancelled, or refuses with OrderNotFound.</summary>
    public BookRefusal Cancel(OrderId id, BookEventBuffer events)
    {
        int slot = Find(id);
        if (slot < 0)
        {
            return BookRefusal.OrderNotFound;
        }

        _store.Withdraw(slot, BookEventKind.Cancelled, events);
        return BookRefusal.None;
    }

    /// <summary>
    /// BOOK-17: gives an order at rest another limit and another open quantity. Appends Replaced; in a continuous book
    /// also what an arriving order would.
    /// </summary>
    public BookRefusal Replace(OrderId id, Price price, WattHours quantity, BookEventBuffer events)
    {
        if (!OrderAdmission.IsQuantity(quantity.Wh))
        {
            return BookRefusal.InvalidOrderAmount;
        }

        if (!OrderAdmission.IsPrice(price.MicroPerKwh))
        {
            return BookRefusal.InvalidPrice;
        }

        int slot = Find(id);
        if (slot < 0)
        {
            return BookRefusal.OrderNotFound;
        }

        BookOrder old = _store.ToOrder(slot);
        BookOrder order = old with { Price = price, Quantity = quantity };
        if (price == old.Price && quantity <= old.Quantity)
        {
            _store.Fill(slot, old.Quantity.Wh - quantity.Wh);
            events.AppendSingle(BookEventKind.Replaced, old, quantity);
            return BookRefusal.None;
        }

        if (order.IsPostOnly && _matching.Reaches(order))
        {
            return BookRefusal.WouldTrade;
        }

        _store.Remove(slot);
        events.AppendSingle(BookEventKind.Replaced, old with { Price = price }, quantity);
        Enter(order, mayRest: true, events);
        return BookRefusal.None;
    }

    /// <summary>BOOK-18: withdraws all orders of an owner in the order of ids. Appends Cancelled for each.</summary>
    /// <returns>How many.</returns>
    public int CancelAll(int owner, BookEventBuffer events) => _sweep.CancelOwner(owner, events);

    /// <summary>BOOK-19: ends all good-till-epoch orders in the order of ids. Appends Expired for each.</summary>
    /// <returns>How many.</returns>
    public int EndEpoch(BookEventBuffer events) =>
        _sweep.Expire(BookTimeInForce.GoodTillEpoch, default, events);

    /// <summary>
    /// BOOK-19: ends all good-till-time orders that are valid until <paramref name="now"/> or less, in the order of
    /// ids. Appends Expired for each.
    /// </summary>
    /// <returns>How many.</returns>
    public int EndUntil(Instant now, BookEventBuffer events) =>
        _sweep.Expire(BookTimeInForce.GoodTillTime, now, events);

    /// <summary>When the first good-till-time order at rest ends; null when none rests. Scans the pool.</summary>
    public Instant? NextExpiry() => _sweep.NextExpiry();

    /// <summary>
    /// BOOK-7: clears a call auction. Appends the trades in walking order (the order is the bid, the counter the ask),
    /// then Expired for each immediate-or-cancel remainder in the order of ids (BOOK-9).
    /// </summary>
    public BookRefusal Clear(BookEventBuffer events, out AuctionResult result)
    {
        if (_isContinuous)
        {
            result = default;
            return BookRefusal.WrongMechanism;
        }

        result = _clearing.Clear(events) with
        {
            Expired = _sweep.Expire(BookTimeInForce.ImmediateOrCancel, default, events),
        };
        return BookRefusal.None;
    }

    /// <summary>
    /// BOOK-22: takes off an order what it traded in a clearing of several books. Appends nothing: the trade is not of
    /// this book alone. More than is open is refused with InvalidOrderAmount.
    /// </summary>
    public BookRefusal Fill(OrderId id, WattHours energy)
    {
        if (_isContinuous)
        {
            return BookRefusal.WrongMechanism;
        }

        int slot = Find(id);
        if (slot < 0)
        {
            return BookRefusal.OrderNotFound;
        }

        if (energy.Wh < 1 || energy.Wh > _store.Order(slot).Open)
        {
            return BookRefusal.InvalidOrderAmount;
        }

        _store.Fill(slot, energy.Wh);
        return BookRefusal.None;
    }

    /// <summary>
    /// BOOK-22: after the fills, what a clearing ends: Expired for each immediate-or-cancel remainder.
    /// </summary>
    public BookRefusal EndClearing(BookEventBuffer events)
    {
        if (_isContinuous)
        {
            return BookRefusal.WrongMechanism;
        }

        _sweep.Expire(BookTimeInForce.ImmediateOrCancel, default, events);
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

        if (order.MinimumQuantity.Wh > 0 || (_isContinuous && order.NeverRests))
        {
            return BookRefusal.InvalidTimeInForce;
        }

        if (_isContinuous && _matching.Reaches(order))
        {
            return BookRefusal.CrossedBook;
        }

        _store.Add(order, order.Quantity.Wh);
        return BookRefusal.None;
    }

    /// <summary>
    /// BOOK-21: what an order would come to if all of it traded on arrival, or null when it could not. Changes nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The book is a call auction: nothing trades on arrival.</exception>
    public FillQuote? Quote(in BookOrder order) => _isContinuous
        ? _matching.Quote(order, order.Quantity.Wh)
        : throw new InvalidOperationException("A call auction has no quotes.");

    public bool TryGet(OrderId id, out BookOrder order)
    {
        int slot = Find(id);
        order = slot < 0 ? default : _store.ToOrder(slot);
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

    private int Find(OrderId id) => id.Value > 0 ? _store.Find(id) : OrderSlot.None;

    /// <summary>BOOK-1.</summary>
    private BookRefusal Check(in BookOrder order, bool mayRest)
    {
        BookRefusal refusal = OrderAdmission.Check(Mechanism, order);
        if (refusal != BookRefusal.None)
        {
            return refusal;
        }

        if (_store.Find(order.Id) >= 0)
        {
            return BookRefusal.DuplicateOrderId;
        }

        return mayRest && _store.Count >= _maxRestingOrders ? BookRefusal.BookFull : BookRefusal.None;
    }

    /// <summary>BOOK-4: trades an admitted order and rests or expires what is left.</summary>
    private void Enter(in BookOrder order, bool mayRest, BookEventBuffer events)
    {
        long open = order.Quantity.Wh;
        if (_isContinuous)
        {
            // BOOK-14, BOOK-15
            long wanted = order.WantedAtOnceWh;
            if (wanted > 0 && !_matching.CanTrade(order, wanted))
            {
                events.AppendSingle(BookEventKind.Expired, order, WattHours.Zero);
                return;
            }

            open = _matching.Match(order, events);
        }

        if (open == 0)
        {
            return;
        }

        if (mayRest)
        {
            _store.Add(order, open);
        }
        else
        {
            events.AppendSingle(
                BookEventKind.Expired, order with { Quantity = new WattHours(open) }, WattHours.Zero);
        }
    }
}
