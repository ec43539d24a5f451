using System;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

public sealed class OrderBookTests
{
    [Fact]
    public void Depth_and_best_add_up_the_orders_of_each_price()
    {
        OrderBook book = new(BookMechanism.Continuous);
        Assert.Null(book.Best(Side.Buy));
        Add(book, 1, Side.Buy, 10, 5);
        Add(book, 2, Side.Buy, 12, 5);
        Add(book, 3, Side.Buy, 12, 6);
        Add(book, 4, Side.Sell, 15, 1);

        DepthLevel[] two = new DepthLevel[2];
        Assert.Equal(2, book.CopyDepth(Side.Buy, two));
        Assert.Equal([Level(12, 11, 2), Level(10, 5, 1)], two);
        Assert.Equal(1, book.CopyDepth(Side.Buy, two.AsSpan(0, 1)));
        Assert.Equal(1, book.CopyDepth(Side.Sell, two));
        Assert.Equal(Level(12, 11, 2), book.Best(Side.Buy));
        Assert.Equal(Level(15, 1, 1), book.Best(Side.Sell));
        Assert.Equal(2, book.LevelCount(Side.Buy));
        Assert.False(book.TryGet(new OrderId(9), out _));
    }

    [Fact]
    public void Owners_come_back_in_every_event()
    {
        OrderBook book = new(BookMechanism.Continuous);
        BookEventBuffer events = new();
        book.Submit(Order(1, Side.Buy, 10, 5) with { Owner = 11 }, events);
        BookOrder immediate = Order(2, Side.Sell, 10, 9) with { TimeInForce = BookTimeInForce.ImmediateOrCancel };
        book.Submit(immediate with { Owner = 22 }, events);

        Assert.Equal(4, events.Count);
        Assert.Equal((11, 22), (events[0].Owner, events[1].Owner));
        Assert.Equal((BookEventKind.Trade, 22, 11), (events[2].Kind, events[2].Owner, events[2].CounterOwner));
        Assert.Equal((new OrderId(1), new OrderId(2)), (events[2].Bid, events[2].Ask));
        Assert.Equal((BookEventKind.Expired, 22), (events[3].Kind, events[3].Owner));
    }

    [Fact]
    public void The_capacity_of_a_book_has_limits()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OrderBook(BookMechanism.Continuous, 0));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new OrderBook(BookMechanism.Continuous, BookLimits.MaxRestingOrders + 1));
        Assert.Equal(0, new OrderBook(BookMechanism.Continuous, BookLimits.MaxRestingOrders).Count);
    }

    [Fact]
    public void The_limits_multiply_into_64_bits()
    {
        long volume = BookLimits.MaxRestingOrders * BookLimits.MaxOrderWattHours;
        Money money = new Price(BookLimits.MaxPriceMagnitude).CostCeiling(new WattHours(BookLimits.MaxOrderWattHours));
        Assert.True(volume > 0);
        Assert.Equal(1_000_000_000_000_000_000, money.Micro);
        Assert.Equal(1_000_000_000_000_000, new WattHours(BookLimits.MaxOrderWattHours).ToGrid().Units);
    }

    [Fact]
    public void Thousands_of_levels_come_and_go_in_any_order()
    {
        OrderBook book = new(BookMechanism.CallAuction);
        BookEventBuffer events = new();
        const long Levels = 9_973;
        for (long i = 0; i < Levels; i++)
        {
            Add(book, i + 1, Side.Buy, i * 7919 % Levels, 3);
        }

        BookAuditor.Check(book);
        Assert.Equal((int)Levels, book.LevelCount(Side.Buy));
        for (long i = 0; i < Levels; i++)
        {
            events.Clear();
            Assert.Equal(BookRefusal.None, book.Cancel(new OrderId((i * 31 % Levels) + 1), events));
            if (i % 1000 == 0)
            {
                BookAuditor.Check(book);
            }
        }

        Assert.Equal((0, 0), (book.Count, book.LevelCount(Side.Buy)));
    }

    [Fact]
    public void Nothing_is_allocated_once_the_book_has_its_size()
    {
        OrderBook book = new(BookMechanism.Continuous);
        BookEventBuffer events = new();
        Churn(book, events, new Xorshift(5));
        Xorshift sameAgain = new(5);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Churn(book, events, sameAgain);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Churn(OrderBook book, BookEventBuffer events, Xorshift random)
    {
        for (long id = 1; id <= 20_000; id++)
        {
            events.Clear();
            book.Cancel(new OrderId(id), events);
            book.Cancel(new OrderId(random.Between(1, id)), events);
            Side side = (Side)random.Below(2);
            BookOrder order = Order(id, side, random.Between(-50, 50), random.Between(1, 9)) with
            {
                TimeInForce = (BookTimeInForce)random.Below(5),
                SelfTradePrevention = (SelfTradePrevention)random.Below(4),
            };
            book.Submit(order, events);
            book.Replace(
                new OrderId(random.Between(1, id)), new Price(random.Between(-50, 50)), new WattHours(5), events);
            if (id % 1_000 == 0)
            {
                book.EndEpoch(events);
                book.EndUntil(new Instant(1), events);
                book.CancelAll(0, events);
            }
        }

        for (long id = 1; id <= 20_000; id++)
        {
            book.Cancel(new OrderId(id), events);
            events.Clear();
        }
    }

    private static void Add(OrderBook book, long id, Side side, long price, long quantity) =>
        Assert.Equal(BookRefusal.None, book.Submit(Order(id, side, price, quantity), new BookEventBuffer()));

    private static BookOrder Order(long id, Side side, long price, long quantity) =>
        new(new OrderId(id), 0, side, new Price(price), new WattHours(quantity), BookTimeInForce.GoodTillCancelled);

    private static DepthLevel Level(long price, long total, int orders) =>
        new(new Price(price), new WattHours(total), orders);
}
