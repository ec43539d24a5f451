using System;
using System.Collections.Generic;
using System.Linq;
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
        int[] kinds = new int[Enum.GetValues<BookTimeInForce>().Length];
        CheckSide(book, Side.Buy, slots, kinds);
        CheckSide(book, Side.Sell, slots, kinds);
        Assert.Equal(book.Count, slots.Count);
        Assert.Equal(Enum.GetValues<BookTimeInForce>().Select(book.Store.CountOf), kinds);
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

    /// <summary>A side in priority order; each order is found by its id.</summary>
    public static List<BookOrder> All(OrderBook book, Side side)
    {
        List<BookOrder> orders = [];
        foreach (BookOrder order in book.Orders(side))
        {
            orders.Add(order);
            Assert.True(book.TryGet(order.Id, out BookOrder same));
            Assert.Equal(order, same);
        }

        return orders;
    }

    private static void CheckSide(OrderBook book, Side side, HashSet<int> slots, int[] kinds)
    {
        OrderStore store = book.Store;
        LadderCursor cursor = default;
        DepthLevel[] depth = new DepthLevel[book.LevelCount(side)];
        Assert.Equal(depth.Length, book.CopyDepth(side, depth));
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
            for (int slot = level.Head; slot >= 0; slot = store.Link(slot).Next)
            {
                OrderSlot order = store.Order(slot);
                Assert.True(slots.Add(slot), "an order is in two lists");
                Assert.Equal(slot, store.Find(new OrderId(order.Id)));
                Assert.Equal((side, levelIndex, previous), (order.Side, order.Level, store.Link(slot).Previous));
                Assert.True(order.Open > 0, "an order with nothing open rests");
                total += order.Open;
                orders++;
                kinds[(int)order.TimeInForce]++;
                previous = slot;
            }

            Assert.Equal(level.Tail, previous);
            Assert.Equal(new DepthLevel(new Price(level.Price), new WattHours(total), orders), depth[place]);
        }

        Assert.Equal(-1, store.Ladder(side).Next(ref cursor));
    }
}
