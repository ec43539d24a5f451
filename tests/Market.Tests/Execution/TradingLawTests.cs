using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;
using EnergyNode.Market.Execution;
using EnergyNode.Market.Tests.Books;
using Xunit;
using static EnergyNode.Market.Tests.Execution.MarketFixture;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Random orders of every kind in books of every mechanism, at prices of both signs. After each block: money and tokens
/// are conserved to the unit, holds are what open orders and positions need, and each book is what its leaves say.
/// </summary>
public sealed class TradingLawTests
{
    private static readonly string[] Homes = ["A", "B", "C", "D"];
    private static readonly string[] Names = ["cont", "call", "bidpay", "fwd-cont", "fwd-call", "fwd-next"];

    [Fact]
    public void Random_orders_of_every_kind_keep_the_laws_of_the_ledger()
    {
        SortedSet<string> seen = new(System.StringComparer.Ordinal);
        long trades = 0;
        long filledBlocks = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            MarketFixture market = Market();
            MarketFixture other = Market(reverse: true);
            Xorshift random = new((seed * 0x9E37_79B9) + 77);
            for (int block = 0; block < 40; block++)
            {
                market.Now = market.Now.Plus(new Duration(random.Below(40)));
                BlockOutcome outcome = Execute(market, random);
                (Block made, SignedBatch[] batches) = market.History[^1];
                Assert.Equal(outcome.StateRoot, other.Execute(made, batches).StateRoot);
                seen.UnionWith(outcome.Batches.SelectMany(b => b.Receipts!.Receipts).Select(r => r.Error.ToString()));
                filledBlocks += outcome.Batches.Sum(batch => batch.Batch.Commands.Zip(batch.Receipts!.Receipts)
                    .Count(pair => pair.First is Command.PlaceBlockOrder && pair.Second.Error == LedgerError.None));
                Audit(market, $"seed {seed}, block {block}");
            }

            trades += market.State.Totals.Trades;
        }

        Assert.True(trades > 1_000, $"{trades} trades");
        Assert.True(filledBlocks > 50, $"{filledBlocks} block orders were filled");
        LedgerError[] expected =
        [
            LedgerError.None, LedgerError.InsufficientBalance, LedgerError.OrderNotFound,
            LedgerError.OrderAlreadyFilled, LedgerError.InvalidPrice, LedgerError.InvalidOrderAmount,
            LedgerError.NotInAtomicBatch, LedgerError.InvalidOrderTerms, LedgerError.WouldTrade,
            LedgerError.OrderBeingReplaced, LedgerError.AtomicBatchFailed, LedgerError.BlockNotFilled,
        ];
        Assert.Empty(expected.Select(error => error.ToString()).Except(seen));
    }

    private static BlockOutcome Execute(MarketFixture market, Xorshift random)
    {
        List<SignedBatch> batches = [];
        for (int batch = 0; batch < 3; batch++)
        {
            Command[] commands = [.. Enumerable.Range(0, 8).Select(_ => CommandText.Parse(Text(market, random)))];
            batches.Add(market.Sign(
                "gateway", random.Below(5) == 0 ? BatchFlags.Atomic : BatchFlags.None, commands));
        }

        if (random.Below(4) == 0)
        {
            batches.Add(market.Sign("gateway", BatchFlags.None, Close(market.State.Totals.OpenEpoch.Value)));
        }

        return market.Execute([.. batches]);
    }

    private static string Text(MarketFixture market, Xorshift random)
    {
        string home = Homes[random.Below(4)];
        string name = Names[random.Below(Names.Length)];
        string price = Number(10 * random.Between(-3_000, 9_000) + (random.Below(30) == 0 ? 1 : 0));
        string energy = Number(5 * random.Between(1, 60) + (random.Below(30) == 0 ? 1 : 0));
        string epoch = Number(market.State.Totals.OpenEpoch.Value);
        return random.Below(18) switch
        {
            0 or 1 => $"read {home} {epoch} {Number(random.Below(300))} {Number(random.Below(900))}",
            2 or 3 => $"replace {Own(market, random)} {price} {energy}",
            4 => $"cancel {Own(market, random)}",
            5 when random.Below(3) == 0 => $"cancelall {home}{(random.Below(2) == 0 ? "" : " " + name)}",
            6 => $"tariff {Number(random.Below(300_000))} {Number(random.Below(60_000))}",
            16 or 17 => Block(market, random, home),
            7 => $"{(random.Below(2) == 0 ? "bid" : "ask")} {home} {name} market {energy}{Force(market, random)}",
            8 or 9 or 10 or 11 => $"bid {home} {name} {price} {energy}{Force(market, random)}",
            _ => $"ask {home} {name} {price} {energy}{Force(market, random)}",
        };
    }

    /// <summary>The two continuous forward books deliver in turn, each every second epoch.</summary>
    private static string Block(MarketFixture market, Xorshift random, string home)
    {
        long first = market.State.Totals.OpenEpoch.Value + random.Between(1, 2);
        string side = random.Below(2) == 0 ? "buy" : "sell";
        string limit = Number(random.Between(-30_000, 90_000));
        return $"block {home} {side} local grid {Number(first)} 2 {limit} {Number(5 * random.Between(1, 12))}";
    }

    private static string Own(MarketFixture market, Xorshift random)
    {
        IReadOnlyList<OrderId> open = market.State.Orders.Keys;
        if (open.Count == 0)
        {
            return "A 1";
        }

        OrderId id = open[(int)random.Below(open.Count)];
        return $"{market.State.Orders[id].Owner} {id}";
    }

    private static string Force(MarketFixture market, Xorshift random)
    {
        string force = random.Below(7) switch
        {
            0 => " ioc",
            1 => " fok",
            2 => " gte",
            3 => $" until {Number(market.Now.Micros + random.Below(60))}",
            _ => " gtc",
        };
        return force + random.Below(9) switch
        {
            0 => " post",
            1 => " maker",
            2 => " taker",
            3 => " both",
            4 => " atleast 5",
            _ => "",
        };
    }

    private static void Audit(MarketFixture market, string where)
    {
        LedgerState state = market.State;
        Dictionary<AccountId, (long Money, long Tokens)> held = [];
        foreach (OrderId id in state.Orders.Keys)
        {
            OpenOrder order = state.Orders[id];
            Add(held, order.Owner, order.MoneyHold.Micro, order.TokenHold.Units);
        }

        foreach (PositionKey key in state.Positions.Keys)
        {
            Add(held, state.Positions[key].Buyer, state.Positions[key].BuyerHold.Micro, 0);
            Add(held, state.Positions[key].Seller, state.Positions[key].SellerHold.Micro, 0);
            Assert.True(key.Delivery.Value >= state.Totals.OpenEpoch.Value, where);
        }

        foreach (AccountId account in state.Balances.Keys)
        {
            Balance balance = state.Balances[account];
            (long money, long tokens) = held.GetValueOrDefault(account);
            Assert.Equal(
                (where, account, money, tokens),
                (where, account, balance.MoneyHeld.Micro, balance.TokensHeld.Units));
        }

        foreach (BookId book in state.Books.Keys)
        {
            foreach (Side side in (Side[])[Side.Buy, Side.Sell])
            {
                List<string> resting = [];
                foreach (BookOrder order in market.Books[book].Book.Orders(side))
                {
                    resting.Add($"{order.Id} {order.Price} {order.Quantity}");
                }

                int sign = side == Side.Buy ? -1 : 1;
                string[] leaves = [.. state.Orders.Keys.Select(id => (Id: id, Order: state.Orders[id]))
                    .Where(one => one.Order.Book == book && one.Order.Side == side)
                    .OrderBy(one => sign * one.Order.BookPrice.MicroPerKwh).ThenBy(one => one.Order.Priority)
                    .Select(one => $"{one.Id} {one.Order.BookPrice} {one.Order.Remaining}")];
                Assert.Equal(where + string.Join(", ", leaves), where + string.Join(", ", resting));
            }
        }
    }

    private static void Add(
        Dictionary<AccountId, (long Money, long Tokens)> held, AccountId account, long money, long tokens)
    {
        (long oldMoney, long oldTokens) = held.GetValueOrDefault(account);
        held[account] = (oldMoney + money, oldTokens + tokens);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static MarketFixture Market(bool reverse = false) =>
        new(Homes, reverseBooks: reverse, change: genesis => genesis with
        {
            Books = [.. Names.Select(name => new GenesisBook(BookId.Parse(name), BookParameters.Default with
            {
                Mechanism = name is "cont" or "fwd-cont" or "fwd-next" ? BookMechanism.Continuous
                    : name == "bidpay" ? BookMechanism.PayAsBidAuction
                    : BookMechanism.CallAuction,
                Tick = new Price(10),
                Lot = new WattHours(5),
                Floor = new Price(-100_000),
                Cap = new Price(300_000),
                Forward = name[0] == 'f' ? new ForwardTerms(new EpochIndex(name == "fwd-next" ? 3 : 2), 0, 2) : null,
            }))],
            Accounts = [.. genesis.Accounts.Select(account => account with
            {
                Deposit = account.Account == Account("D") ? new Money(40_000) : account.Deposit,
            })],
        });
}
