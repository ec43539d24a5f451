using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

/// <summary>Checks a book's inner structure and what must hold between any two calls.</summary>
internal static class BookAuditor
{
    public static void Check(OrderBook book)
    {
        HashSet<int> slots = [];
        int immediate = CheckSide(book, Side.Buy, slots) + CheckSide(book, Side.Sell, slots);
        Assert.Equal(book.Count, slots.Count);
        Assert.Equal(book.Store.ImmediateCount, immediate);
        if (book.Mechanism == BookMechanism.Continuous && book.Best(Side.Buy) is { } bid
            && book.Best(Side.Sell) is { } ask)
        {
            Assert.True(bid.Price < ask.Price, "a continuous book is crossed at rest");
        }
    }

    public static long OpenWattHours(OrderBook book)
    {
        long total = 0;
        foreach (Side side in (Side[])[Side.Buy, Side.Sell])
        {
            foreach (BookOrder order in book.Orders(side))
            {
                total += order.Quantity.Wh;
            }
        }

        return total;
    }

    public static OrderBook Rebuild(OrderBook book, int capacity)
    {
        OrderBook copy = new(book.Mechanism, capacity);
        foreach (Side side in (Side[])[Side.Sell, Side.Buy])
        {
            foreach (BookOrder order in book.Orders(side))
            {
                Assert.Equal(BookRefusal.None, copy.RestoreOrder(order));
            }
        }

        return copy;
    }

    private static int CheckSide(OrderBook book, Side side, HashSet<int> slots)
    {
        OrderStore store = book.Store;
        LadderCursor cursor = default;
        DepthLevel[] depth = new DepthLevel[book.LevelCount(side)];
        Assert.Equal(depth.Length, book.CopyDepth(side, depth));
        int immediate = 0;
        for (int place = 0; place < depth.Length; place++)
        {
            int levelIndex = store.Ladder(side).Next(ref cursor);
            LevelSlot level = store.Level(levelIndex);
            Assert.True(
                place == 0 || (side == Side.Buy ? depth[place - 1].Price > depth[place].Price
                    : depth[place - 1].Price < depth[place].Price),
                "levels are out of order");
            long total = 0;
            int orders = 0;
            int previous = OrderSlot.None;
            for (int slot = level.Head; slot >= 0; slot = store.Order(slot).Next)
            {
                OrderSlot order = store.Order(slot);
                Assert.True(slots.Add(slot), "an order is in two lists");
                Assert.Equal(slot, store.Find(new OrderId(order.Id)));
                Assert.Equal((side, levelIndex, previous), (order.Side, order.Level, order.Previous));
                Assert.True(order.Open > 0, "an order with nothing open rests");
                total += order.Open;
                orders++;
                immediate += order.TimeInForce == TimeInForce.ImmediateOrCancel ? 1 : 0;
                previous = slot;
            }

            Assert.Equal(level.Tail, previous);
            Assert.Equal(new DepthLevel(new Price(level.Price), new WattHours(total), orders), depth[place]);
        }

        Assert.Equal(-1, store.Ladder(side).Next(ref cursor));
        return immediate;
    }
}
