using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Tests.Books;

/// <summary>
/// Makes the operations of the README in <c>tests/Market.Tests/Data</c>. The live set follows the trades of the naive
/// book's rules; here it is kept by the caller's book, which the digest of the whole then checks.
/// </summary>
internal sealed class WorkloadGenerator(bool deep)
{
    private readonly Xorshift _random = new(42);
    private readonly List<long> _live = [];
    private readonly Dictionary<long, int> _places = [];
    private long _lastId;

    /// <returns>The next operation: an order to add, or the id of one to cancel (with quantity 0).</returns>
    public BookOrder Next()
    {
        ulong r = _random.Next();
        if (r % 100 < 30 && _live.Count > 0)
        {
            long cancelled = _live[(int)_random.Below(_live.Count)];
            Leave(cancelled);
            return new BookOrder(new OrderId(cancelled), 0, Side.Buy, default, default, default);
        }

        Side side = (_random.Next() & 1) == 0 ? Side.Buy : Side.Sell;
        long price = deep ? (side == Side.Buy ? 9900 : 9996) + _random.Below(105) : 9950 + _random.Below(101);
        long quantity = 1 + _random.Below(100);
        return new BookOrder(
            new OrderId(++_lastId), 7, side, new Price(price), new WattHours(quantity),
            BookTimeInForce.GoodTillCancelled);
    }

    public void Observe(in BookOrder order, BookEventBuffer events)
    {
        long open = order.Quantity.Wh;
        foreach (BookEvent item in events.AsSpan())
        {
            if (item.Kind == BookEventKind.Trade)
            {
                open = item.Open.Wh;
                if (item.CounterOpen.Wh == 0)
                {
                    Leave(item.Counter.Value);
                }
            }
        }

        if (open > 0)
        {
            _places[order.Id.Value] = _live.Count;
            _live.Add(order.Id.Value);
        }
    }

    private void Leave(long id)
    {
        int place = _places[id];
        long moved = _live[^1];
        _live[place] = moved;
        _places[moved] = place;
        _live.RemoveAt(_live.Count - 1);
        _places.Remove(id);
    }
}
