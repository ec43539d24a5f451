using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Execution;

/// <summary>
/// What a coupled clearing was for each of its books, without prices: a trade of two books counts in both.
/// </summary>
internal static class CoupledResults
{
    public static Dictionary<BookId, EpochResult> Of(CouplingCertificate certificate, Height closedAt)
    {
        Dictionary<OrderId, BookId> books = [];
        Dictionary<BookId, EpochResult> results = [];
        foreach (CoupledOrder order in certificate.Orders)
        {
            books.Add(order.Order.Order, order.Book);
            EpochResult result = results.GetValueOrDefault(
                order.Book, new EpochResult(null, WattHours.Zero, 0, 0, closedAt));
            results[order.Book] = result with { Orders = result.Orders + 1 };
        }

        foreach (CoupledTrade trade in certificate.Trades)
        {
            Add(results, books[trade.Bid], trade.Energy);
            if (books[trade.Ask] != books[trade.Bid])
            {
                Add(results, books[trade.Ask], trade.Energy);
            }
        }

        return results;
    }

    private static void Add(Dictionary<BookId, EpochResult> results, BookId book, WattHours energy)
    {
        EpochResult result = results[book];
        results[book] = result with { Volume = result.Volume + energy, Trades = result.Trades + 1 };
    }
}
