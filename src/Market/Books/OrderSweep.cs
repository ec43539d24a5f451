using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>
/// Withdraws many orders at once, in the order of ids. It scans the pool, so that resting and cancelling one order need
/// no further lists; nothing is scanned when no order of the kind rests.
/// </summary>
internal sealed class OrderSweep(OrderStore store)
{
    private long[] _found = new long[16];

    /// <returns>How many orders expired.</returns>
    public int Expire(BookTimeInForce timeInForce, Instant until, BookEventBuffer events)
    {
        int left = store.CountOf(timeInForce);
        int found = 0;
        for (int slot = 0; left > 0; slot++)
        {
            ref readonly OrderSlot order = ref store.Order(slot);
            if (order.Id != 0 && order.TimeInForce == timeInForce)
            {
                left--;
                if (store.ValidUntil(slot) <= until)
                {
                    Keep(found++, order.Id);
                }
            }
        }

        Withdraw(found, BookEventKind.Expired, events);
        return found;
    }

    /// <summary>When the first good-till-time order at rest ends; null when none rests.</summary>
    public Instant? NextExpiry()
    {
        int left = store.CountOf(BookTimeInForce.GoodTillTime);
        Instant? first = null;
        for (int slot = 0; left > 0; slot++)
        {
            ref readonly OrderSlot order = ref store.Order(slot);
            if (order.Id != 0 && order.TimeInForce == BookTimeInForce.GoodTillTime)
            {
                left--;
                Instant until = store.ValidUntil(slot);
                first = first is { } earlier && earlier <= until ? first : until;
            }
        }

        return first;
    }

    /// <returns>How many orders were withdrawn.</returns>
    public int CancelOwner(int owner, BookEventBuffer events)
    {
        int found = 0;
        for (int slot = 0; slot < store.SlotsUsed; slot++)
        {
            ref readonly OrderSlot order = ref store.Order(slot);
            if (order.Id != 0 && order.Owner == owner)
            {
                Keep(found++, order.Id);
            }
        }

        Withdraw(found, BookEventKind.Cancelled, events);
        return found;
    }

    private void Keep(int place, long id)
    {
        if (place == _found.Length)
        {
            Array.Resize(ref _found, place * 2);
        }

        _found[place] = id;
    }

    private void Withdraw(int count, BookEventKind kind, BookEventBuffer events)
    {
        Span<long> ids = _found.AsSpan(0, count);
        ids.Sort();
        foreach (long id in ids)
        {
            store.Withdraw(store.Find(new OrderId(id)), kind, events);
        }
    }
}
