using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>
/// The orders at rest: a pool of orders linked into FIFO levels, a ladder of levels for each side, and the index from
/// id to slot. It keeps price-time priority (BOOK-2) and knows nothing of matching. Pools grow by doubling and never
/// shrink, so nothing is allocated in the steady state.
/// </summary>
internal sealed class OrderStore
{
    private readonly PriceLadder _bids = new();
    private readonly PriceLadder _asks = new();
    private readonly OrderIndex _index = new();
    private readonly int[] _restingByTimeInForce = new int[(int)BookTimeInForce.GoodTillTime + 1];
    private OrderSlot[] _orders = new OrderSlot[64];
    private OrderLink[] _links = new OrderLink[64];
    private Instant[] _validUntil = [];
    private LevelSlot[] _levels = new LevelSlot[16];
    private int _freeOrder = OrderSlot.None;
    private int _freeLevel = OrderSlot.None;
    private int _ordersMade;
    private int _levelsMade;

    public int Count => _index.Count;

    /// <summary>How many slots of the pool were ever in use: all orders at rest are below.</summary>
    public int SlotsUsed => _ordersMade;

    /// <summary>How many orders of this time in force rest.</summary>
    public int CountOf(BookTimeInForce timeInForce) => _restingByTimeInForce[(int)timeInForce];

    public ref readonly OrderSlot Order(int slot) => ref _orders[slot];

    public OrderLink Link(int slot) => _links[slot];

    public Instant ValidUntil(int slot) =>
        _orders[slot].TimeInForce == BookTimeInForce.GoodTillTime ? _validUntil[slot] : default;

    public ref readonly LevelSlot Level(int level) => ref _levels[level];

    public Price PriceOf(int slot) => new(_levels[_orders[slot].Level].Price);

    /// <summary>An order at rest, with the terms it came with.</summary>
    public BookOrder ToOrder(int slot)
    {
        ref readonly OrderSlot order = ref _orders[slot];
        return new BookOrder(
            new OrderId(order.Id), order.Owner, order.Side, PriceOf(slot), new WattHours(order.Open), order.TimeInForce)
        {
            IsPostOnly = order.IsPostOnly,
            SelfTradePrevention = order.SelfTradePrevention,
            ValidUntil = ValidUntil(slot),
        };
    }

    /// <returns>The slot, or −1.</returns>
    public int Find(OrderId id) => _index.Find(id.Value, _orders);

    public PriceLadder Ladder(Side side) => side == Side.Buy ? _bids : _asks;

    /// <returns>The order with the highest priority of a side, or −1.</returns>
    public int First(Side side)
    {
        int best = Ladder(side).Best;
        return best < 0 ? OrderSlot.None : _levels[best].Head;
    }

    /// <summary>Puts an order at the end of its price level.</summary>
    public void Add(in BookOrder order, long openWattHours)
    {
        int level = LevelFor(order.Side, order.Price);
        int slot = TakeOrderSlot();
        ref LevelSlot queue = ref _levels[level];
        _orders[slot] = new OrderSlot
        {
            Id = order.Id.Value,
            Open = openWattHours,
            Owner = order.Owner,
            Level = level,
            Side = order.Side,
            TimeInForce = order.TimeInForce,
            SelfTradePrevention = order.SelfTradePrevention,
            IsPostOnly = order.IsPostOnly,
        };
        _links[slot] = new OrderLink { Previous = queue.Tail, Next = OrderSlot.None };
        if (order.TimeInForce == BookTimeInForce.GoodTillTime)
        {
            KeepValidUntil(slot, order.ValidUntil);
        }

        if (queue.Tail < 0)
        {
            queue.Head = slot;
        }
        else
        {
            _links[queue.Tail].Next = slot;
        }

        queue.Tail = slot;
        queue.Total += openWattHours;
        queue.Orders++;
        _restingByTimeInForce[(int)order.TimeInForce]++;
        _index.Add(order.Id.Value, slot);
    }

    /// <summary>Takes energy off an order, which keeps its place, and removes it when nothing is left.</summary>
    /// <returns>What is still open.</returns>
    public long Fill(int slot, long wattHours)
    {
        ref OrderSlot order = ref _orders[slot];
        long open = order.Open - wattHours;
        if (open == 0)
        {
            Remove(slot);
            return 0;
        }

        order.Open = open;
        _levels[order.Level].Total -= wattHours;
        return open;
    }

    public void Remove(int slot)
    {
        ref OrderSlot order = ref _orders[slot];
        ref LevelSlot level = ref _levels[order.Level];
        _index.Remove(order.Id, slot);
        _restingByTimeInForce[(int)order.TimeInForce]--;
        level.Total -= order.Open;
        level.Orders--;
        if (level.Orders == 0)
        {
            Ladder(order.Side).Remove(Key(order.Side, level.Price));
            level.Head = _freeLevel;
            _freeLevel = order.Level;
        }
        else
        {
            Unlink(_links[slot], ref level);
        }

        order.Id = 0;
        _links[slot].Next = _freeOrder;
        _freeOrder = slot;
    }

    /// <summary>Removes an order and says so.</summary>
    public void Withdraw(int slot, BookEventKind kind, BookEventBuffer events)
    {
        events.AppendSingle(kind, ToOrder(slot), WattHours.Zero);
        Remove(slot);
    }

    private static long Key(Side side, long price) => side == Side.Buy ? price : -price;

    private void Unlink(OrderLink link, ref LevelSlot level)
    {
        if (link.Previous < 0)
        {
            level.Head = link.Next;
        }
        else
        {
            _links[link.Previous].Next = link.Next;
        }

        if (link.Next < 0)
        {
            level.Tail = link.Previous;
        }
        else
        {
            _links[link.Next].Previous = link.Previous;
        }
    }

    private void KeepValidUntil(int slot, Instant validUntil)
    {
        if (slot >= _validUntil.Length)
        {
            Array.Resize(ref _validUntil, _orders.Length);
        }

        _validUntil[slot] = validUntil;
    }

    private int LevelFor(Side side, Price price)
    {
        PriceLadder ladder = Ladder(side);
        long key = Key(side, price.MicroPerKwh);
        int level = ladder.Find(key);
        if (level >= 0)
        {
            return level;
        }

        level = TakeLevelSlot();
        _levels[level] = new LevelSlot
        {
            Price = price.MicroPerKwh,
            Head = OrderSlot.None,
            Tail = OrderSlot.None,
        };
        ladder.Insert(key, level);
        return level;
    }

    private int TakeOrderSlot()
    {
        if (_freeOrder >= 0)
        {
            int slot = _freeOrder;
            _freeOrder = _links[slot].Next;
            return slot;
        }

        if (_ordersMade == _orders.Length)
        {
            Array.Resize(ref _orders, _ordersMade * 2);
            Array.Resize(ref _links, _ordersMade * 2);
        }

        return _ordersMade++;
    }

    private int TakeLevelSlot()
    {
        if (_freeLevel >= 0)
        {
            int level = _freeLevel;
            _freeLevel = _levels[level].Head;
            return level;
        }

        if (_levelsMade == _levels.Length)
        {
            Array.Resize(ref _levels, _levelsMade * 2);
        }

        return _levelsMade++;
    }
}
