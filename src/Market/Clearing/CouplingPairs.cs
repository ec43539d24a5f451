using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Clearing;

/// <summary>
/// CLEAR-11: walks the trades in their order. At each node, from the last to the first, the next bid and the next ask
/// trade the smaller of what they have left; of those that a node leaves over, the node above takes its turn.
/// </summary>
internal static class CouplingPairs
{
    public static string? Problem(CouplingCertificate certificate, long[] filled)
    {
        List<CouplingNode> nodes = certificate.Nodes;
        long[] left = [.. filled];
        List<int>[] bids = new List<int>[nodes.Count];
        List<int>[] asks = new List<int>[nodes.Count];
        for (int node = 0; node < nodes.Count; node++)
        {
            (bids[node], asks[node]) = ([], []);
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] > 0)
            {
                CoupledOrder order = certificate.Orders[i];
                (order.Order.Side == Side.Buy ? bids : asks)[order.Node].Add(i);
            }
        }

        int trade = 0;
        for (int node = nodes.Count - 1; node >= 0; node--)
        {
            if (Walk(certificate, bids[node], asks[node], left, ref trade) is { } problem)
            {
                return problem;
            }

            if (nodes[node].Place.Parent is >= 0 and int above)
            {
                bids[above].AddRange(bids[node].FindAll(order => left[order] > 0));
                asks[above].AddRange(asks[node].FindAll(order => left[order] > 0));
            }
        }

        return trade == certificate.Trades.Count
            ? null
            : $"CLEAR-11: the trade of bid {certificate.Trades[trade].Bid} and ask {certificate.Trades[trade].Ask} is "
                + "one too many";
    }

    private static string? Walk(
        CouplingCertificate certificate, List<int> bids, List<int> asks, long[] left, ref int trade)
    {
        int bid = 0;
        int ask = 0;
        while (bid < bids.Count && ask < asks.Count)
        {
            CoupledOrder buyer = certificate.Orders[bids[bid]];
            CoupledOrder seller = certificate.Orders[asks[ask]];
            long energy = left[bids[bid]] < left[asks[ask]] ? left[bids[bid]] : left[asks[ask]];
            CoupledTrade expected = new(
                buyer.Order.Order,
                seller.Order.Order,
                new WattHours(energy),
                certificate.Nodes[buyer.Node].Result.Price.GetValueOrDefault(),
                certificate.Nodes[seller.Node].Result.Price.GetValueOrDefault());
            if (trade >= certificate.Trades.Count || certificate.Trades[trade] != expected)
            {
                return $"CLEAR-11: bid {expected.Bid} and ask {expected.Ask} trade {energy} Wh next, at "
                    + $"{expected.BidPrice} and {expected.AskPrice}";
            }

            trade++;
            left[bids[bid]] -= energy;
            left[asks[ask]] -= energy;
            bid += left[bids[bid]] == 0 ? 1 : 0;
            ask += left[asks[ask]] == 0 ? 1 : 0;
        }

        return null;
    }
}
