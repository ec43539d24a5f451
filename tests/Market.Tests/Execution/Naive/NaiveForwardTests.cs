using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using EnergyNode.Market.Tests.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>
/// Random sequences of ordinary and block orders: receipts, orders, contracts and holds are those of the naive forward
/// market, and the state is the same in whatever order the books run.
/// </summary>
public sealed class NaiveForwardTests
{
    private const int Runs = 60;
    private const int BlocksPerRun = 40;
    private static readonly string[] Homes = ["A", "B", "C", "D"];
    private static readonly string[] Books = ["f5", "f2", "f4", "f3"];

    [Fact]
    public void Block_orders_trade_as_in_the_naive_market_however_the_books_are_scheduled()
    {
        SortedDictionary<string, int> seen = new(System.StringComparer.Ordinal);
        for (ulong seed = 1; seed <= Runs; seed++)
        {
            Run(seed, seen);
        }

        string[] wanted =
        [
            "buy None", "sell None", "buy BlockNotFilled", "sell BlockNotFilled", "buy InsufficientBalance",
            "sell InsufficientBalance", "buy BookNotFound", "OrderAlreadyFilled", "OrderNotFound",
            "UnauthorizedCancellation", "InsufficientBalance", "None",
        ];
        Assert.All(wanted, what => Assert.True(
            seen.GetValueOrDefault(what) >= 8, $"{what} {seen.GetValueOrDefault(what)} times"));
    }

    private static void Run(ulong seed, SortedDictionary<string, int> seen)
    {
        MarketFixture market = Market(reverse: false);
        MarketFixture other = Market(reverse: true);
        NaiveForwards naive = new(
            [.. market.Genesis.Books.Where(book => book.Parameters.Forward is not null)], 10_000, 220_000)
        {
            Money = Homes.ToDictionary(home => home, home => (BigInteger)market.BalanceOf(home).Money.Micro),
        };
        Xorshift random = new((seed * 0x9E37_79B9) + 4_711);
        for (int block = 0; block < BlocksPerRun; block++)
        {
            string[] texts = [.. Enumerable.Range(0, (int)random.Between(1, 10)).Select(_ => Text(naive, random))];
            BlockOutcome outcome = market.Execute(
                market.Sign("gateway", BatchFlags.None, [.. texts.Select(CommandText.Parse)]));
            (Block made, SignedBatch[] batches) = market.History[^1];
            Assert.Equal(outcome.StateRoot, other.Execute(made, batches).StateRoot);

            (LedgerError Error, long Value)[] expected = Expect(ref naive, texts);
            string where = $"seed {seed}, block {block}: {string.Join("; ", texts)}\n";
            Assert.Equal(
                where + string.Join(' ', expected),
                where + string.Join(' ', outcome.Batches[0].Receipts!.Receipts.Select(r => (r.Error, r.Value))));
            Assert.Equal(where + Picture(naive), where + Picture(market.State));
            foreach ((string text, (LedgerError error, long _)) in texts.Zip(expected))
            {
                string key = (text.StartsWith("block", System.StringComparison.Ordinal)
                    ? text.Split(' ')[2] + " " : "") + error;
                seen[key] = seen.GetValueOrDefault(key) + 1;
            }
        }
    }

    /// <summary>What the naive market makes of a batch.</summary>
    private static (LedgerError Error, long Value)[] Expect(ref NaiveForwards naive, string[] texts)
    {
        (LedgerError Error, long Value)[] expected = new (LedgerError, long)[texts.Length];
        Dictionary<long, int> cancels = [];
        for (int i = 0; i < texts.Length; i++)
        {
            string[] words = texts[i].Split(' ');
            if (words[0] == "cancel")
            {
                expected[i] = (naive.Cancel(words[1], Number(words[2])), 0);
                if (expected[i].Error == LedgerError.None)
                {
                    cancels[Number(words[2])] = i;
                }
            }
            else if (words[0] == "block")
            {
                long first = Number(words[5]);
                long epochs = Number(words[6]);
                if (words[2] == "buy" && naive.Free(words[1]) < naive.Fees(epochs, Number(words[8])))
                {
                    expected[i] = (LedgerError.InsufficientBalance, 0);
                    continue;
                }

                if (first < 2 || first + epochs > 6)
                {
                    // It does not come to the books: the segment goes on.
                    expected[i] = (LedgerError.BookNotFound, 0);
                    continue;
                }

                End(naive, cancels, expected);
                expected[i] = naive.Block(
                    words[1], words[2] == "buy", first, epochs, Number(words[7]), Number(words[8]), out naive);
            }
            else
            {
                expected[i] = naive.Place(
                    words[1], words[2], words[0] == "bid", words[5], Number(words[3]), Number(words[4]));
            }
        }

        End(naive, cancels, expected);
        return expected;
    }

    private static void End(
        NaiveForwards naive, Dictionary<long, int> cancels, (LedgerError Error, long Value)[] expected)
    {
        foreach (long late in naive.EndSegment())
        {
            expected[cancels[late]] = (LedgerError.OrderAlreadyFilled, 0);
        }

        cancels.Clear();
    }

    private static string Text(NaiveForwards naive, Xorshift random)
    {
        string home = Homes[random.Below(4)];
        string force = random.Below(6) switch { 0 => "ioc", 1 => "fok", _ => "gtc" };
        string book = Books[random.Below(4)];
        long energy = random.Between(1, 60);
        switch (random.Below(12))
        {
            case 0:
                NaiveForward? open = naive.Orders.Count > 0
                    ? naive.Orders[(int)random.Below(naive.Orders.Count)]
                    : null;
                string owner = open is null || random.Below(6) == 0 ? home : open.Owner;
                return $"cancel {owner} {open?.Id ?? random.Between(1, 9)}";
            case 1 or 2 or 3:
                long first = random.Between(1, 4);
                long epochs = random.Between(2, 4);
                long limit = random.Below(8) == 0 ? random.Between(-300_000, 300_000) : random.Between(-20_000, 90_000);
                string side = random.Below(2) == 0 ? "buy" : "sell";
                return $"block {home} {side} local grid {first} {epochs} {limit} {energy}";
            case < 8:
                return $"bid {home} {book} {random.Between(-30_000, 70_000)} {energy} {force}";
            default:
                return $"ask {home} {book} {random.Between(-10_000, 90_000)} {energy} {force}";
        }
    }

    private static string Picture(NaiveForwards naive)
    {
        List<string> lines = [$"{naive.Numbers} numbers"];
        lines.AddRange(Homes.Select(home => $"{home} holds {naive.Held(home)}"));
        lines.AddRange(naive.Orders.OrderBy(order => order.Id)
            .Select(order => $"{order.Id} {order.Owner} {order.Book} {order.Limit} {order.Rest}"));
        lines.AddRange(naive.Positions.Select((one, index) =>
            $"trade {index + 1}: {one.Book} {one.Buyer} {one.Seller} {one.Wh} {one.Price} {one.Due} {one.Collateral}"));
        return string.Join('\n', lines);
    }

    private static string Picture(LedgerState state)
    {
        List<string> lines = [$"{state.Totals.Orders} numbers"];
        lines.AddRange(Homes.Select(home =>
            $"{home} holds {state.Balances[MarketFixture.Account(home)].MoneyHeld.Micro}"));
        lines.AddRange(state.Orders.Keys.Select(id => (Id: id, Order: state.Orders[id])).Select(one =>
            $"{one.Id} {one.Order.Owner} {one.Order.Book} {one.Order.Limit.MicroPerKwh} {one.Order.Remaining.Wh}"));
        lines.AddRange(state.Positions.Keys.OrderBy(key => key.Trade).Select(key =>
        {
            Position one = state.Positions[key];
            return $"trade {key.Trade}: {one.Book} {one.Buyer} {one.Seller} {one.Energy.Wh} {one.Price.MicroPerKwh} "
                + $"{one.BuyerHold.Micro} {one.SellerHold.Micro}";
        }));
        return string.Join('\n', lines);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static MarketFixture Market(bool reverse) =>
        new(Homes, reverseBooks: reverse, change: genesis => genesis with
        {
            Books =
            [
                .. Books.Select(name => BlockOrderTests.Book(name, name[1] - '0')),
                BlockOrderTests.Book("c3", 3, BookMechanism.CallAuction),
            ],
            Accounts = [.. genesis.Accounts.Select(account => account with
            {
                Deposit = account.Account == MarketFixture.Account("D") ? new Money(8_000) : account.Deposit,
            })],
        });
}
