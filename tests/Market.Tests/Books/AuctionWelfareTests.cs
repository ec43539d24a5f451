using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

/// <summary>
/// BOOK-7 and BOOK-8 against brute force: of all ways to pair small orders, none has more welfare (Σ bid limit − ask
/// limit of what trades), and of those with the most welfare none has more volume. The tie rule: what a bid and an ask
/// of one limit can trade adds no welfare, and is traded.
/// </summary>
public sealed class AuctionWelfareTests
{
    private const int Books = 10_000;
    private const int MostOrders = 12;

    [Theory]
    [InlineData(BookMechanism.CallAuction)]
    [InlineData(BookMechanism.PayAsBidAuction)]
    public void No_allocation_has_more_welfare_or_as_much_with_more_volume(BookMechanism mechanism)
    {
        Xorshift random = new(20_260_101);
        BookEventBuffer events = new();
        for (int book = 0; book < Books; book++)
        {
            List<BookOrder> orders = Orders(random);
            OrderBook machine = new(mechanism);
            foreach (BookOrder order in orders)
            {
                Assert.Equal(BookRefusal.None, machine.Submit(order, events));
            }

            events.Clear();
            Assert.Equal(BookRefusal.None, machine.Clear(events, out AuctionResult result));
            long welfare = 0;
            foreach (ref readonly BookEvent item in events.AsSpan())
            {
                OrderId bid = item.Bid;
                OrderId ask = item.Ask;
                long bidLimit = orders.Find(order => order.Id == bid).Price.MicroPerKwh;
                long askLimit = orders.Find(order => order.Id == ask).Price.MicroPerKwh;
                Assert.InRange(item.Price.MicroPerKwh, askLimit, bidLimit);
                welfare += item.Quantity.Wh * (bidLimit - askLimit);
            }

            events.Clear();
            Assert.Equal((book, Best(orders)), (book, (welfare, result.Volume.Wh)));
        }
    }

    private static List<BookOrder> Orders(Xorshift random)
    {
        List<BookOrder> orders = [];
        int count = (int)random.Between(0, MostOrders);
        for (int id = 1; id <= count; id++)
        {
            orders.Add(new BookOrder(
                new OrderId(id), id, random.Below(2) == 0 ? Side.Buy : Side.Sell, new Price(random.Between(-4, 6)),
                new WattHours(random.Between(1, 4)), BookTimeInForce.GoodTillCancelled));
        }

        return orders;
    }

    /// <summary>Bids and asks are chosen alone but for their common volume: every volume is tried.</summary>
    private static (long Welfare, long Volume) Best(List<BookOrder> orders)
    {
        (long Welfare, long Volume) best = (0, 0);
        long[] values = BestValues(orders, Side.Buy);
        long[] costs = BestValues(orders, Side.Sell);
        for (int volume = 0; volume < Math.Min(values.Length, costs.Length); volume++)
        {
            if (values[volume] != long.MinValue && costs[volume] != long.MinValue)
            {
                best = Better(best, (values[volume] + costs[volume], volume));
            }
        }

        return best;
    }

    /// <summary>
    /// For each volume the most that any choice of 0 … all of each order of a side is worth (of asks, the negated
    /// cost): every choice is tried.
    /// </summary>
    private static long[] BestValues(List<BookOrder> orders, Side side)
    {
        long[] best = [0];
        foreach (BookOrder order in orders)
        {
            if (order.Side != side)
            {
                continue;
            }

            long[] next = new long[best.Length + order.Quantity.Wh];
            Array.Fill(next, long.MinValue);
            long each = side == Side.Buy ? order.Price.MicroPerKwh : -order.Price.MicroPerKwh;
            for (int volume = 0; volume < best.Length; volume++)
            {
                for (int taken = 0; taken <= order.Quantity.Wh; taken++)
                {
                    next[volume + taken] = Math.Max(next[volume + taken], best[volume] + (taken * each));
                }
            }

            best = next;
        }

        return best;
    }

    private static (long Welfare, long Volume) Better(
        (long Welfare, long Volume) left, (long Welfare, long Volume) right) =>
        right.Welfare > left.Welfare || (right.Welfare == left.Welfare && right.Volume > left.Volume) ? right : left;
}
