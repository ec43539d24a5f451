using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Bench;

/// <summary>
/// The two order-book workloads of docs/PERFORMANCE.md, 1,000,000 operations each: 30 % cancels of live orders, else
/// good-till-cancelled limit orders, from xorshift64 with seed 42. Every trade is counted and summed.
/// </summary>
[MemoryDiagnoser]
public class OrderBookBenchmark
{
    public const int Operations = 1_000_000;

    private BookOrder[] _orders = [];
    private bool[] _cancels = [];
    private BookEventBuffer _events = new();

    /// <summary>A is shallow (101 prices around one touch), B is deep (overlap of ten prices only).</summary>
    [Params('A', 'B')]
    public char Workload { get; set; }

    /// <summary>Makes the operations once, with the cancels that hit live orders.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _orders = new BookOrder[Operations];
        _cancels = new bool[Operations];
        OrderBook book = new(BookMechanism.Continuous);
        BookEventBuffer events = new();
        LiveOrders live = new();
        ulong state = 42;
        long id = 0;
        for (int i = 0; i < Operations; i++)
        {
            _cancels[i] = Next(ref state) % 100 < 30 && live.Count > 0;
            if (_cancels[i])
            {
                OrderId victim = live.At((int)(Next(ref state) % (ulong)live.Count));
                _orders[i] = new BookOrder(victim, 0, default, default, default, default);
                book.Cancel(victim, events);
            }
            else
            {
                _orders[i] = NewOrder(ref state, ++id);
                book.Submit(_orders[i], events);
            }

            live.Follow(events, _cancels[i]);
            events.Clear();
        }
    }

    /// <summary>All operations through a new book.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public long Run()
    {
        OrderBook book = new(BookMechanism.Continuous);
        long sum = 0;
        for (int i = 0; i < Operations; i++)
        {
            if (_cancels[i])
            {
                book.Cancel(_orders[i].Id, _events);
            }
            else
            {
                book.Submit(_orders[i], _events);
            }

            foreach (ref readonly BookEvent item in _events.AsSpan())
            {
                sum += item.Kind == BookEventKind.Trade ? item.Quantity.Wh * item.Price.MicroPerKwh : 0;
            }

            _events.Clear();
        }

        return sum;
    }

    private BookOrder NewOrder(ref ulong state, long id)
    {
        Side side = (Next(ref state) & 1) == 0 ? Side.Buy : Side.Sell;
        long price = Workload == 'A'
            ? 9_950 + (long)(Next(ref state) % 101)
            : (side == Side.Buy ? 9_900 : 9_996) + (long)(Next(ref state) % 105);
        WattHours quantity = new(1 + (long)(Next(ref state) % 100));
        return new BookOrder(new OrderId(id), 0, side, new Price(price), quantity, BookTimeInForce.GoodTillCancelled);
    }

    private static ulong Next(ref ulong x)
    {
        unchecked
        {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            return x;
        }
    }

    /// <summary>
    /// The live set of the workload's definition: swap-remove, filled orders leave in the order of filling.
    /// </summary>
    private sealed class LiveOrders
    {
        private readonly List<OrderId> _ids = [];
        private readonly Dictionary<OrderId, int> _places = [];

        public int Count => _ids.Count;

        public OrderId At(int place) => _ids[place];

        public void Follow(BookEventBuffer events, bool cancel)
        {
            OrderId taker = default;
            bool rests = false;
            foreach (ref readonly BookEvent item in events.AsSpan())
            {
                switch (item.Kind)
                {
                    case BookEventKind.Accepted:
                        taker = item.Order;
                        rests = true;
                        break;
                    case BookEventKind.Trade:
                        rests = item.Open > WattHours.Zero;
                        if (item.CounterOpen == WattHours.Zero)
                        {
                            Remove(item.Counter);
                        }

                        break;
                    case BookEventKind.Cancelled:
                        Remove(item.Order);
                        break;
                    default:
                        break;
                }
            }

            if (!cancel && rests)
            {
                _places[taker] = _ids.Count;
                _ids.Add(taker);
            }
        }

        private void Remove(OrderId id)
        {
            int place = _places[id];
            OrderId last = _ids[^1];
            _ids[place] = last;
            _places[last] = place;
            _ids.RemoveAt(_ids.Count - 1);
            _places.Remove(id);
        }
    }
}
