using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using Xunit;
using Xunit.Abstractions;

namespace EnergyNode.Market.Tests.Books;

public sealed class WorkloadTests(ITestOutputHelper output)
{
    [Fact]
    public void The_first_20_000_operations_give_the_recorded_trades_and_resting_orders()
    {
        OrderBook book = new(BookMechanism.Continuous);
        BookEventBuffer events = new();
        List<string> trades = ["taker,maker,price,qty"];
        foreach (string line in File.ReadLines(TestFiles.InTests("orders_A_20k.csv")).Skip(1))
        {
            events.Clear();
            Assert.Equal(BookRefusal.None, Apply(book, line.Split(','), events));
            foreach (BookEvent item in events.AsSpan())
            {
                if (item.Kind == BookEventKind.Trade)
                {
                    trades.Add(Join(item.Order.Value, item.Counter.Value, item.Price.MicroPerKwh, item.Quantity.Wh));
                }
            }
        }

        SortedDictionary<long, string> resting = [];
        foreach (Side side in (Side[])[Side.Buy, Side.Sell])
        {
            foreach (BookOrder order in book.Orders(side))
            {
                string name = side == Side.Buy ? "buy" : "sell";
                resting[order.Id.Value] =
                    $"{order.Id.Value},{name},{order.Price.MicroPerKwh},{order.Quantity.Wh}";
            }
        }

        Assert.Equal(File.ReadAllLines(TestFiles.InTests("trades_A_20k.csv")), trades);
        Assert.Equal(File.ReadAllLines(TestFiles.InTests("resting_A_20k.csv")).Skip(1), resting.Values);
    }

    [Theory]
    [InlineData(false, 403_571, 10_931_786, 109_316_462_565, 0xec3a0e122daffe0e, 13)]
    [InlineData(true, 48_594, 1_239_076, 12_390_736_300, 0x531f1c5f4d48cf9d, 350_379)]
    public void A_million_operations_give_the_digest_that_three_independent_books_agree_on(
        bool deep, long trades, long quantity, long value, ulong digest, int resting)
    {
        List<BookOrder> operations = [];
        OrderBook generating = new(BookMechanism.Continuous);
        WorkloadGenerator generator = new(deep);
        BookEventBuffer events = new();
        for (int i = 0; i < 1_000_000; i++)
        {
            BookOrder operation = generator.Next();
            operations.Add(operation);
            events.Clear();
            Assert.Equal(BookRefusal.None, Execute(generating, operation, events));
            if (operation.Quantity.Wh > 0)
            {
                generator.Observe(operation, events);
            }
        }

        OrderBook book = new(BookMechanism.Continuous);
        TradeTape tape = default;
        Stopwatch watch = Stopwatch.StartNew();
        foreach (BookOrder operation in operations)
        {
            events.Clear();
            Execute(book, operation, events);
            tape.Add(events);
        }

        output.WriteLine(
            $"deep={deep}: {operations.Count / watch.Elapsed.TotalSeconds:N0} operations/s");
        Assert.Equal(new TradeTape(trades, quantity, value, digest), tape);
        Assert.Equal(resting, book.Count);
    }

    private static BookRefusal Execute(OrderBook book, in BookOrder operation, BookEventBuffer events) =>
        operation.Quantity.Wh == 0 ? book.Cancel(operation.Id, events) : book.Submit(operation, events);

    private static BookRefusal Apply(OrderBook book, string[] fields, BookEventBuffer events)
    {
        OrderId id = new(Number(fields[1]));
        if (fields[0] == "cancel")
        {
            return book.Cancel(id, events);
        }

        Side side = fields[2] == "buy" ? Side.Buy : Side.Sell;
        Price price = new(Number(fields[3]));
        WattHours quantity = new(Number(fields[4]));
        return book.Submit(new BookOrder(id, 0, side, price, quantity, BookTimeInForce.GoodTillCancelled), events);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Join(params long[] numbers) => string.Join(',', numbers);

    private record struct TradeTape(long Trades, long Quantity, long Value, ulong Digest)
    {
        private const ulong Offset = 14695981039346656037;
        private const ulong Prime = 1099511628211;

        public void Add(BookEventBuffer events)
        {
            foreach (ref readonly BookEvent item in events.AsSpan())
            {
                if (item.Kind == BookEventKind.Trade)
                {
                    Digest = Trades == 0 ? Offset : Digest;
                    Trades++;
                    Quantity += item.Quantity.Wh;
                    Value += item.Quantity.Wh * item.Price.MicroPerKwh;
                    Hash((uint)item.Order.Value);
                    Hash((uint)item.Counter.Value);
                    Hash((uint)item.Quantity.Wh);
                    Hash((uint)item.Price.MicroPerKwh);
                }
            }
        }

        private void Hash(uint word)
        {
            for (int shift = 0; shift < 32; shift += 8)
            {
                Digest = unchecked((Digest ^ ((word >> shift) & 0xFF)) * Prime);
            }
        }
    }
}
