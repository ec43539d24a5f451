using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>The close of an epoch in the naive market: clear, settle, burn, utility.</summary>
internal static class NaiveClose
{
    private const long UnitsPerWh = 1_000_000;

    public static void Run(NaiveState state, MarketParameters parameters, string[] books)
    {
        state.EndSegment();
        foreach (string book in books)
        {
            Clear(state, parameters, book);
        }

        state.Orders.RemoveAll(order => !order.Stays || !order.Buys || order.Rest == 0);
        string utility = parameters.Utility.ToString();
        foreach ((string name, NaiveAccount account) in state.Accounts)
        {
            if (name != utility)
            {
                Settle(state, name, account, state.Accounts[utility]);
            }
        }

        state.Totals[4] += state.Accounts[utility].Tokens;
        state.Accounts[utility].Tokens = 0;
        state.Totals[0]++;
        state.Totals[15] += state.Totals[14] == state.Totals[16] ? 1 : 0;
        state.Totals[16] = state.Totals[14];
    }

    private static void Clear(NaiveState state, MarketParameters parameters, string book)
    {
        BigInteger fee = parameters.GridFee.MicroPerKwh;
        List<(NaiveOrder Bid, NaiveOrder Ask, BigInteger Wh)> trades = [];
        while (true)
        {
            NaiveOrder? bid = state.Orders.Where(order => order.Book == book && order.Buys && order.Rest > 0)
                .OrderByDescending(order => order.Limit).ThenBy(order => order.Priority).FirstOrDefault();
            NaiveOrder? ask = state.Orders.Where(order => order.Book == book && !order.Buys && order.Rest > 0)
                .OrderBy(order => order.Limit).ThenBy(order => order.Priority).FirstOrDefault();
            if (bid is null || ask is null || bid.Limit - fee < ask.Limit)
            {
                break;
            }

            BigInteger traded = BigInteger.Min(bid.Rest, ask.Rest);
            trades.Add((bid, ask, traded));
            state.Orders[state.Orders.IndexOf(bid)] = bid with { Rest = bid.Rest - traded };
            state.Orders[state.Orders.IndexOf(ask)] = ask with { Rest = ask.Rest - traded };
        }

        foreach ((NaiveOrder bid, NaiveOrder ask, BigInteger traded) in trades)
        {
            BigInteger price = (trades[^1].Bid.Limit - fee + trades[^1].Ask.Limit) / 2;
            Trade(state, parameters.GridOperator.ToString(), bid.Owner, ask.Owner, traded, price * traded / 1_000,
                fee * traded / 1_000);
        }
    }

    private static void Trade(
        NaiveState state, string grid, string buys, string sells, BigInteger traded, BigInteger cost, BigInteger fee)
    {
        NaiveAccount buyer = state.Accounts[buys];
        NaiveAccount seller = state.Accounts[sells];
        cost = buys == sells ? 0 : cost;
        fee = buys == grid ? 0 : fee;
        seller.Tokens -= traded * UnitsPerWh;
        buyer.Tokens += traded * UnitsPerWh;
        buyer.Money -= cost + fee;
        seller.Money += cost;
        state.Accounts[grid].Money += fee;
        buyer.Statement[3] += traded;
        buyer.Statement[7] += cost;
        buyer.Statement[9] += fee;
        seller.Statement[4] += traded;
        seller.Statement[8] += cost;
        state.Totals[9] += traded;
        state.Totals[12] += fee;
        state.Totals[14]++;
    }

    private static void Settle(NaiveState state, string name, NaiveAccount account, NaiveAccount utility)
    {
        NaiveMeter[] read = [.. state.Meters.Values.Where(m => m.Owner == name && m.Epoch == state.Totals[0])];
        BigInteger import = read.Aggregate(BigInteger.Zero, (sum, m) => sum + BigInteger.Max(0, m.Used - m.Made));
        BigInteger export = read.Aggregate(BigInteger.Zero, (sum, m) => sum + BigInteger.Max(0, m.Made - m.Used));
        BigInteger covered = BigInteger.Min(account.Tokens, import * UnitsPerWh);
        BigInteger unsold = account.Tokens - covered;
        BigInteger uncovered = (import * UnitsPerWh) - covered;
        BigInteger earned = state.FeedIn * unsold / (1_000 * UnitsPerWh);
        BigInteger paid = state.Retail * uncovered / (1_000 * UnitsPerWh);
        account.Tokens = 0;
        account.Money += earned - paid;
        utility.Money += paid - earned;
        account.Statement[5] += uncovered;
        account.Statement[6] += unsold;
        account.Statement[10] += paid;
        account.Statement[11] += earned;
        account.Statement[12] += (state.Retail * import / 1_000) - (state.FeedIn * export / 1_000);
        state.Totals[4] += covered + unsold;
        state.Totals[10] += uncovered;
        state.Totals[11] += unsold;
    }
}
