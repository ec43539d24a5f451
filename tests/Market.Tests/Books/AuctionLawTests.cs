using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

/// <summary>The laws of the call auction, checked by brute force on small random books.</summary>
public sealed class AuctionLawTests
{
    [Theory]
    [InlineData(101UL)]
    [InlineData(102UL)]
    [InlineData(103UL)]
    public void The_volume_is_the_most_that_any_uniform_price_trades_and_the_price_is_the_midpoint(ulong seed)
    {
        Xorshift random = new(seed);
        BookEventBuffer events = new();
        int withTrades = 0;
        for (int round = 0; round < 4_000; round++)
        {
            List<BookOrder> orders = RandomOrders(random);
            OrderBook book = new(BookMechanism.CallAuction);
            orders.ForEach(order => Assert.Equal(BookRefusal.None, book.Submit(order, events)));
            events.Clear();
            Assert.Equal(BookRefusal.None, book.Clear(events, out AuctionResult result));
            BookEvent[] trades = [.. events.AsSpan().ToArray().Where(item => item.Kind == BookEventKind.Trade)];

            Assert.Equal(MostVolume(orders), result.Volume.Wh);
            Assert.Equal(result.Volume.Wh, trades.Sum(trade => trade.Quantity.Wh));
            CheckPrice(orders, trades, result);
            CheckPriority(orders, trades, Side.Buy);
            CheckPriority(orders, trades, Side.Sell);
            withTrades += trades.Length > 0 ? 1 : 0;
        }

        Assert.InRange(withTrades, 2_000, 3_999);
    }

    private static List<BookOrder> RandomOrders(Xorshift random)
    {
        List<BookOrder> orders = [];
        long count = random.Between(1, 14);
        for (int id = 1; id <= count; id++)
        {
            orders.Add(new BookOrder(
                new OrderId(id),
                0,
                random.Below(2) == 0 ? Side.Buy : Side.Sell,
                new Price(random.Between(-6, 6)),
                new WattHours(random.Between(1, 9)),
                (BookTimeInForce)random.Below(2)));
        }

        return orders;
    }

    private static long MostVolume(List<BookOrder> orders)
    {
        long most = 0;
        for (long price = -7; price <= 7; price++)
        {
            Price limit = new(price);
            long demand = orders.Where(o => o.Side == Side.Buy && o.Price >= limit).Sum(o => o.Quantity.Wh);
            long supply = orders.Where(o => o.Side == Side.Sell && o.Price <= limit).Sum(o => o.Quantity.Wh);
            most = Math.Max(most, Math.Min(demand, supply));
        }

        return most;
    }

    /// <summary>The last accepted ones are found from what traded, not from the walk.</summary>
    private static void CheckPrice(List<BookOrder> orders, BookEvent[] trades, AuctionResult result)
    {
        if (trades.Length == 0)
        {
            Assert.Null(result.Price);
            return;
        }

        long lastBid = trades.Min(trade => orders[(int)trade.Bid.Value - 1].Price.MicroPerKwh);
        long lastAsk = trades.Max(trade => orders[(int)trade.Ask.Value - 1].Price.MicroPerKwh);
        long price = (long)Math.Floor((lastBid + lastAsk) / 2m);
        Assert.Equal(price, result.Price!.Value.MicroPerKwh);
        Assert.Equal(new Price(lastBid), result.LastAcceptedBid);
        Assert.Equal(new Price(lastAsk), result.LastAcceptedAsk);
        Assert.All(trades, trade => Assert.Equal(price, trade.Price.MicroPerKwh));
        Assert.InRange(price, lastAsk, lastBid);
    }

    /// <summary>
    /// In priority order the filled ones come first, at most one is filled in part, the rest not at all.
    /// </summary>
    private static void CheckPriority(List<BookOrder> orders, BookEvent[] trades, Side side)
    {
        long left = trades.Sum(trade => trade.Quantity.Wh);
        IEnumerable<BookOrder> inPriority = orders
            .Where(order => order.Side == side)
            .OrderBy(order => side == Side.Buy ? -order.Price.MicroPerKwh : order.Price.MicroPerKwh)
            .ThenBy(order => order.Id);
        foreach (BookOrder order in inPriority)
        {
            long expected = Math.Min(left, order.Quantity.Wh);
            long filled = trades
                .Where(trade => (side == Side.Buy ? trade.Bid : trade.Ask) == order.Id)
                .Sum(trade => trade.Quantity.Wh);
            Assert.Equal(expected, filled);
            left -= filled;
        }
    }
}
