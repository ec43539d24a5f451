using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Node.Tests.BookReplay;

/// <summary>
/// The order-book workloads A and B as lines of JSON: 30 % cancels of live orders, else limit orders, from xorshift64
/// with state 42. The live set follows a book of its own.
/// </summary>
internal sealed class ReplayWorkload(bool deep)
{
    private readonly OrderBook _book = new(BookMechanism.Continuous);
    private readonly BookEventBuffer _events = new();
    private readonly List<long> _live = [];
    private readonly Dictionary<long, int> _places = [];
    private ulong _state = 42;
    private long _lastId;

    public string NextLine()
    {
        _events.Clear();
        if (Below(100) < 30 && _live.Count > 0)
        {
            long cancelled = _live[(int)Below((ulong)_live.Count)];
            _book.Cancel(new OrderId(cancelled), _events);
            Leave(cancelled);
            return string.Create(CultureInfo.InvariantCulture, $$"""{"op":"cancel","id":{{cancelled}}}""");
        }

        Side side = (Side)Below(2);
        long price = deep ? (side == Side.Buy ? 9900 : 9996) + Below(105) : 9950 + Below(101);
        WattHours quantity = new(1 + Below(100));
        OrderId id = new(++_lastId);
        _book.Submit(new BookOrder(id, 0, side, new Price(price), quantity, default), _events);
        foreach (ref readonly BookEvent item in _events.AsSpan())
        {
            if (item.Kind == BookEventKind.Trade && item.CounterOpen == WattHours.Zero)
            {
                Leave(item.Counter.Value);
            }
        }

        if (_book.TryGet(id, out _))
        {
            _places[id.Value] = _live.Count;
            _live.Add(id.Value);
        }

        string name = side == Side.Buy ? "buy" : "sell";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"op":"add","id":{{id}},"account":1,"side":"{{name}}","price":{{price}},"qty":{{quantity.Wh}}}""");
    }

    /// <summary>The trades of an answer as (taker, maker, price, quantity).</summary>
    public static IEnumerable<(long Taker, long Maker, long Price, long Quantity)> TradesOf(string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        foreach (JsonElement item in document.RootElement.GetProperty("events").EnumerateArray())
        {
            if (item.GetProperty("ev").GetString() == "trade")
            {
                yield return (
                    item.GetProperty("taker").GetInt64(), item.GetProperty("maker").GetInt64(),
                    item.GetProperty("price").GetInt64(), item.GetProperty("qty").GetInt64());
            }
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

    private long Below(ulong bound)
    {
        _state ^= unchecked(_state << 13);
        _state ^= _state >> 7;
        _state ^= unchecked(_state << 17);
        return (long)(_state % bound);
    }
}
