using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Books;

/// <summary>
/// Random calls of every kind, valid and not, against the naive book: 1,020,000 in all, or as many as the environment
/// variable BOOK_OPS says. Each row is (mechanism, seed, thousandths of all, price spread, capacity): narrow prices
/// trade much; those of some thousands leave the ladder's window; the widest make its far chunks split and empty.
/// </summary>
public sealed class NaiveBookComparisonTests
{
    private const int DefaultOperations = 1_020_000;

    [Theory]
    [InlineData(BookMechanism.Continuous, 11, 300, 20, 60)]
    [InlineData(BookMechanism.Continuous, 12, 100, 200, 80)]
    [InlineData(BookMechanism.Continuous, 13, 200, 3_000, 40)]
    [InlineData(BookMechanism.Continuous, 14, 50, 1_000_000_000_000, 600)]
    [InlineData(BookMechanism.CallAuction, 21, 150, 20, 60)]
    [InlineData(BookMechanism.CallAuction, 22, 50, 2_000, 200)]
    [InlineData(BookMechanism.CallAuction, 23, 25, 1_000_000_000_000, 600)]
    [InlineData(BookMechanism.PayAsBidAuction, 31, 100, 20, 60)]
    [InlineData(BookMechanism.PayAsBidAuction, 32, 25, 2_000, 200)]
    public void The_book_and_the_naive_book_agree_event_for_event(
        BookMechanism mechanism, ulong seed, int thousandths, long spread, int capacity)
    {
        Run run = new(mechanism, seed, spread, capacity);
        long operations = TotalOperations() * thousandths / 1_000;
        for (long i = 0; i < operations; i++)
        {
            run.Step(i);
        }

        run.CheckVariety();
    }

    private static long TotalOperations() =>
        Environment.GetEnvironmentVariable("BOOK_OPS") is { Length: > 0 } text
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : DefaultOperations;

    private sealed class Run(BookMechanism mechanism, ulong seed, long spread, int capacity)
    {
        private readonly Xorshift _random = new(seed);
        private readonly RandomRequests _requests = new(new Xorshift(seed + 1_000), mechanism, spread, capacity);
        private readonly NaiveBook _naive = new(mechanism, capacity);
        private readonly BookEventBuffer _events = new();
        private readonly List<BookEvent> _expected = [];
        private readonly BookTotals _totals = new();
        private readonly HashSet<BookRefusal> _refusals = [];
        private readonly int[] _quotes = new int[2];
        private OrderBook _book = new(mechanism, capacity);

        public void Step(long number)
        {
            _events.Clear();
            _expected.Clear();
            Request();
            if (!_events.AsSpan().SequenceEqual(_expected.ToArray()))
            {
                Assert.Equal(_expected, _events.AsSpan().ToArray());
            }

            _totals.Add(_expected);
            if (number % 499 == 0)
            {
                Audit();
                _book = number % 2 == 0 ? BookAuditor.Rebuild(_book, capacity) : _book;
            }
        }

        public void CheckVariety()
        {
            Audit();
            bool auction = mechanism != BookMechanism.Continuous;
            _totals.CheckVariety(auction ? [BookEventKind.Prevented] : []);
            BookRefusal[] elsewhere =
            [
                BookRefusal.InvalidTimeInForce, BookRefusal.CrossedBook, BookRefusal.WrongMechanism,
                auction ? BookRefusal.WouldTrade : BookRefusal.NotInAuction,
            ];
            Assert.Empty(Enum.GetValues<BookRefusal>().Except(elsewhere).Except(_refusals));
            Assert.All(_quotes, count => Assert.True(auction || count > 100, $"{count} quotes of a kind"));
        }

        private void Request()
        {
            bool clears = mechanism != BookMechanism.Continuous && _random.Below(capacity > 500 ? 1_000 : 50) == 0;
            long choice = clears ? 1_000 : _random.Below(1_000);
            switch (choice)
            {
                case 1_000:
                    Assert.Equal(BookRefusal.None, _book.Clear(_events, out AuctionResult result));
                    Assert.Equal(_naive.Clear(_expected), result.Price);
                    CheckSummary(result);
                    break;
                case < 200:
                    OrderId cancelled = _requests.IdNearby();
                    Same(_naive.Cancel(cancelled, _expected), _book.Cancel(cancelled, _events));
                    break;
                case < 330:
                    Replace();
                    break;
                case 330:
                    Sweep((int)_random.Below(3));
                    break;
                default:
                    BookOrder order = _requests.Order();
                    FillQuote? quote = mechanism == BookMechanism.Continuous ? _book.Quote(order) : null;
                    BookRefusal refusal = _naive.Submit(order, _expected);
                    Same(refusal, _book.Submit(order, _events));
                    if (refusal == BookRefusal.None && mechanism == BookMechanism.Continuous && !order.IsPostOnly)
                    {
                        CheckQuote(order, quote);
                    }

                    break;
            }
        }

        /// <summary>BOOK-21: there is a quote if and only if all of the order traded, for these trades.</summary>
        private void CheckQuote(in BookOrder order, FillQuote? quote)
        {
            Int128 value = 0;
            long traded = 0;
            Price last = default;
            foreach (BookEvent item in _expected.Where(item => item.Kind == BookEventKind.Trade))
            {
                value += (Int128)item.Quantity.Wh * item.Price.MicroPerKwh;
                traded += item.Quantity.Wh;
                last = item.Price;
            }

            Assert.Equal(traded == order.Quantity.Wh ? new FillQuote(value, last) : null, quote);
            _quotes[quote is null ? 0 : 1]++;
        }

        private void Replace()
        {
            OrderId id = _requests.IdNearby();
            (Price price, WattHours quantity) =
                _requests.Replacement(_book.TryGet(id, out BookOrder old) ? old : null);
            Same(
                _naive.Replace(id, price, quantity, _expected), _book.Replace(id, price, quantity, _events));
        }

        private void Sweep(int kind)
        {
            int owner = (int)_random.Below(RandomRequests.Owners);
            Instant now = new(_random.Below(1_000));
            int expected = kind switch
            {
                0 => _naive.WithdrawAll(o => o.Owner == owner, BookEventKind.Cancelled, _expected),
                1 => _naive.WithdrawAll(
                    o => o.TimeInForce == BookTimeInForce.GoodTillEpoch, BookEventKind.Expired, _expected),
                _ => _naive.WithdrawAll(
                    o => o.TimeInForce == BookTimeInForce.GoodTillTime && o.ValidUntil <= now,
                    BookEventKind.Expired,
                    _expected),
            };
            int actual = kind switch
            {
                0 => _book.CancelAll(owner, _events),
                1 => _book.EndEpoch(_events),
                _ => _book.EndUntil(now, _events),
            };
            Assert.Equal(expected, actual);
        }

        private void Same(BookRefusal expected, BookRefusal actual)
        {
            Assert.Equal(expected, actual);
            _refusals.Add(actual);
        }

        private void CheckSummary(AuctionResult result)
        {
            List<BookEvent> trades = _expected.FindAll(item => item.Kind == BookEventKind.Trade);
            Assert.Equal(trades.Sum(item => item.Quantity.Wh), result.Volume.Wh);
            Assert.Equal(trades.Count, result.Trades);
            Assert.Equal(_expected.Count - trades.Count, result.Expired);
            Assert.Equal(trades.Count == 0, result.LastAcceptedBid is null);
            Assert.Equal(trades.Count == 0, result.LastAcceptedAsk is null);
        }

        private void Audit()
        {
            BookAuditor.Check(_book);
            Assert.Equal(_totals.Open, BookAuditor.OpenWattHours(_book));
            Assert.Equal(_naive.Orders(Side.Buy), BookAuditor.All(_book, Side.Buy));
            Assert.Equal(_naive.Orders(Side.Sell), BookAuditor.All(_book, Side.Sell));
        }
    }
}
