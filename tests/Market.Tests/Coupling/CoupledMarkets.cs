using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Billing;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Tests.Books;
using EnergyNode.Market.Tests.Execution;
using Xunit;

namespace EnergyNode.Market.Tests.Coupling;

/// <summary>Random orders, replacements, moves and new lines over six epochs of the coupled market.</summary>
internal static class CoupledMarkets
{
    public static MarketFixture Run(int seed, bool reverseBooks, Action<CouplingCertificate>? observer)
    {
        Xorshift random = new(((ulong)seed * 0x9E37_79B9) + 21);
        MarketFixture market = CoupledMarket.Make(1_000 * random.Between(0, 4), reverseBooks, observer);
        BillBuilder[] bills = [.. market.State.Balances.Keys.Select(
            account => new BillBuilder(market.State, account, default, null))];
        market.EpochObservers.AddRange(bills.Select(bill => (Action<EpochIndex>)bill.Close));
        for (int epoch = 0; epoch < 6; epoch++)
        {
            List<string> texts = [.. CoupledMarket.Homes.Select(home => $"read {home} {epoch} 0 900")];
            for (int i = 0; i < 20; i++)
            {
                texts.Add(Order(random));
            }

            texts.Add($"replace S1 {random.Between(1, 60)} {10_000 * random.Between(-4, 9)} {random.Between(1, 50)}");
            texts.Add($"cancel N1 {random.Between(1, 60)}");
            if (random.Below(3) == 0)
            {
                texts.Add($"connect S3 {(random.Below(2) == 0 ? "n1" : "s2")} 24,000 both");
                texts.Add($"propose line south north {1_000 * random.Between(0, 4)} {1_000 * random.Between(0, 4)}");
            }

            market.Run("gateway", [.. texts.Select(CommandText.Parse)]);
            CheckBooks(market);
            Assert.Equal(LedgerError.None, market.RunOne("gateway", MarketFixture.Close(epoch)));
            CheckBooks(market);
            CheckLines(market, epoch);
        }

        Assert.All(bills, bill => Assert.Equal(Money.Zero, bill.Result!.PaidIn));
        Assert.Equal(0, bills.Sum(bill => bill.Result!.Total.Micro));
        Assert.Equal(
            market.State.Totals.CongestionRent.Micro, bills.Sum(bill => bill.Result!.Items.CongestionRent.Micro));
        return market;
    }

    private static string Order(Xorshift random)
    {
        string home = CoupledMarket.Homes[(int)random.Below(5)];
        string book = (home[0] == 'N' ? "north" : "south") + (random.Below(3) == 0 ? "-1" : "");
        string end = random.Below(2) == 0 ? " gtc" : "";
        return random.Below(2) == 0
            ? $"bid {home} {book} {10_000 * random.Between(-4, 12)} {random.Between(1, 400)}{end}"
            : $"ask {home} {book} {10_000 * random.Between(-4, 9)} {random.Between(1, 400)}{end}";
    }

    /// <summary>What the books hold is what the ledger says.</summary>
    private static void CheckBooks(MarketFixture market)
    {
        foreach (OrderId id in market.State.Orders.Keys)
        {
            OpenOrder order = market.State.Orders[id];
            Assert.True(market.Books[order.Book].Book.TryGet(id, out EnergyNode.Market.Books.BookOrder resting));
            Assert.Equal((order.Remaining, order.BookPrice), (resting.Quantity, resting.Price));
        }

        Assert.Equal(
            market.State.Orders.Count, market.State.Books.Keys.Sum(book => market.Books[book].Book.Count));
    }

    /// <summary>No line carries more than it could, and zones part only where a line is full.</summary>
    private static void CheckLines(MarketFixture market, long closed)
    {
        foreach (LineEpoch key in market.State.LineFlows.Keys)
        {
            LineFlow flow = market.State.LineFlows[key];
            Assert.True(flow.Net.Wh <= Math.Max(flow.MostExport.Wh, 1_000), $"{key}");
            Assert.True(flow.Net.Wh >= -Math.Max(flow.MostImport.Wh, 1_000), $"{key}");
        }

        Assert.All(market.State.Couplings.Keys.Where(key => key.Epoch.Value == closed), key =>
            Assert.True(market.State.Couplings[key].Rent >= Money.Zero));
    }
}
