using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

/// <summary>
/// Random calls, valid and not, against the naive book. Each row is (mechanism, seed, operations, price spread,
/// capacity): narrow prices trade much; wide ones make thousands of levels, so that the ladder's chunks split and
/// empty.
/// </summary>
public sealed class NaiveBookComparisonTests
{
    [Theory]
    [InlineData(BookMechanism.Continuous, 11, 150_000, 20, 60)]
    [InlineData(BookMechanism.Continuous, 12, 100_000, 200, 300)]
    [InlineData(BookMechanism.Continuous, 13, 60_000, 1_000_000_000_000, 900)]
    [InlineData(BookMechanism.CallAuction, 21, 150_000, 20, 60)]
    [InlineData(BookMechanism.CallAuction, 22, 100_000, 200, 300)]
    [InlineData(BookMechanism.CallAuction, 23, 60_000, 1_000_000_000_000, 900)]
    public void The_book_and_the_naive_book_agree_event_for_event(
        BookMechanism mechanism, ulong seed, int operations, long spread, int capacity)
    {
        Xorshift random = new(seed);
        OrderBook book = new(mechanism, capacity);
        NaiveBook naive = new(mechanism, capacity);
        BookEventBuffer events = new();
        Conservation sums = new();
        List<BookEvent> expected = [];
        long lastId = 0;
        for (int i = 0; i < operations; i++)
        {
            events.Clear();
            expected.Clear();
            long choice = random.Below(1000);
            long clearings = capacity > 500 ? 1 : 20;
            if (mechanism == BookMechanism.CallAuction && choice < clearings)
            {
                Assert.Equal(BookRefusal.None, book.Clear(events, out AuctionResult result));
                Assert.Equal(naive.Clear(expected), result.Price);
                CheckSummary(result, expected);
            }
            else if (choice < 380)
            {
                OrderId id = new(lastId - random.Between(-2, capacity * 2));
                Assert.Equal(naive.Cancel(id, expected), book.Cancel(id, events));
            }
            else
            {
                BookOrder order = RandomOrder(random, ref lastId, spread, capacity);
                Assert.Equal(naive.Submit(order, expected), book.Submit(order, events));
            }

            Assert.True(expected.SequenceEqual(events.AsSpan().ToArray()), $"operation {i} of seed {seed} differs");
            sums.Add(expected);
            if (i % 997 == 0)
            {
                BookAuditor.Check(book);
                Assert.Equal(sums.Open, BookAuditor.OpenWattHours(book));
                Assert.Equal(naive.Orders(Side.Buy), All(book, Side.Buy));
                Assert.Equal(naive.Orders(Side.Sell), All(book, Side.Sell));
                book = i % 2 == 0 ? BookAuditor.Rebuild(book, capacity) : book;
            }
        }

        sums.CheckVariety(mechanism);
    }

    private static BookOrder RandomOrder(Xorshift random, ref long lastId, long spread, int capacity)
    {
        long fault = random.Below(400);
        long id = fault switch
        {
            0 => 0,
            1 => -5,
            < 20 => System.Math.Max(1, lastId - random.Below(capacity)),
            _ => ++lastId,
        };
        long quantity = fault switch
        {
            20 => 0,
            21 => -1,
            22 => BookLimits.MaxOrderWattHours + 1,
            23 => BookLimits.MaxOrderWattHours,
            _ => random.Between(1, 100),
        };
        long price = fault switch
        {
            24 => BookLimits.MaxPriceMagnitude + 1,
            25 => -BookLimits.MaxPriceMagnitude - 1,
            26 => BookLimits.MaxPriceMagnitude,
            27 => -BookLimits.MaxPriceMagnitude,
            _ => random.Between(-spread, spread),
        };
        Side side = random.Below(2) == 0 ? Side.Buy : Side.Sell;
        if (spread > 1_000_000 && fault > 27 && random.Below(10) != 0)
        {
            price = side == Side.Buy ? -System.Math.Abs(price) : System.Math.Abs(price);
        }

        TimeInForce time = random.Below(4) == 0 ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancelled;
        return new BookOrder(
            new OrderId(id), (int)random.Below(9), side, new Price(price), new WattHours(quantity), time);
    }

    private static void CheckSummary(AuctionResult result, List<BookEvent> events)
    {
        List<BookEvent> trades = events.FindAll(item => item.Kind == BookEventKind.Trade);
        Assert.Equal(trades.Sum(item => item.Quantity.Wh), result.Volume.Wh);
        Assert.Equal(trades.Count, result.Trades);
        Assert.Equal(events.Count - trades.Count, result.Expired);
        Assert.Equal(trades.Count == 0, result.LastAcceptedBid is null);
        Assert.Equal(trades.Count == 0, result.LastAcceptedAsk is null);
    }

    private static List<BookOrder> All(OrderBook book, Side side)
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

    /// <summary>Σ submitted = Σ filled on both sides + open + cancelled + expired.</summary>
    private sealed class Conservation
    {
        private readonly long[] _sums = new long[4];

        public long Open => _sums[0] - (2 * _sums[1]) - _sums[2] - _sums[3];

        public void Add(List<BookEvent> events)
        {
            foreach (BookEvent item in events)
            {
                _sums[(int)item.Kind] += item.Quantity.Wh;
            }
        }

        public void CheckVariety(BookMechanism mechanism) =>
            Assert.All(_sums, sum => Assert.True(sum > 0, $"{mechanism}: a kind of event never happened"));
    }
}
