using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Clearing;

/// <summary>
/// Re-checks a clearing of coupled books in O(orders + trades + nodes). It does not clear again: it shows that no
/// energy could be exchanged for better energy over lines with room, of which follows that no other allocation has as
/// much welfare. The rules are CLEAR-6 to CLEAR-11 of docs/spec/clearing.md; it shares no code with what clears.
/// </summary>
public static class CouplingCheck
{
    /// <param name="summary">What the state says of this clearing, proved under a state root.</param>
    /// <returns>What is wrong, for people; null when all is as it must be.</returns>
    public static string? Problem(CouplingCertificate certificate, in CouplingSummary summary)
    {
        // CLEAR-7
        ClearingRoots roots = new();
        return certificate.Nodes.Count != summary.Nodes || roots.Of(certificate.Nodes) != summary.NodesRoot
                ? "the nodes are not those in the state: a line, its flow or a price is another"
            : certificate.Orders.Count != summary.Orders || roots.Of(certificate.Orders) != summary.OrdersRoot
                ? "the orders are not those in the state: one is missing, added, changed, or stands elsewhere"
            : certificate.Trades.Count != summary.Trades || roots.Of(certificate.Trades) != summary.TradesRoot
                ? "the trades are not those in the state"
            : certificate.Volume != summary.Volume || certificate.Rent != summary.Rent
                ? "volume or rent are not those in the state"
            : Recheck(certificate);
    }

    /// <summary>Whether flows, trades, prices, volume and rent are what the rules make of nodes and orders.</summary>
    public static string? Recheck(CouplingCertificate certificate)
    {
        string? problem = CheckNodes(certificate.Nodes) ?? CheckOrders(certificate);
        if (problem is not null)
        {
            return problem;
        }

        Dictionary<OrderId, int> indices = [];
        for (int i = 0; i < certificate.Orders.Count; i++)
        {
            if (!indices.TryAdd(certificate.Orders[i].Order.Order, i))
            {
                return $"CLEAR-6: order {certificate.Orders[i].Order.Order} is there twice";
            }
        }

        long[] filled = new long[certificate.Orders.Count];
        problem = AddUp(certificate, indices, filled);
        return problem ?? CheckFlows(certificate, filled) ?? new CouplingMargins(certificate, filled).Problem()
            ?? CouplingPairs.Problem(certificate, filled);
    }

    /// <summary>CLEAR-6.</summary>
    private static string? CheckNodes(List<CouplingNode> nodes)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            NetworkNode place = nodes[i].Place;
            bool isRoot = place.Parent == NetworkNode.NoParent;
            if (isRoot ? place.MostExport != WattHours.Zero || place.MostImport != WattHours.Zero
                : place.Parent < 0 || place.Parent >= i)
            {
                return $"CLEAR-6: node {i} hangs on nothing before it, or is a root with a line";
            }

            if (place.Feeder is not null
                && (isRoot || nodes[place.Parent].Place.Feeder is not null
                    || nodes[place.Parent].Place.Zone != place.Zone))
            {
                return $"CLEAR-6: feeder {place.Feeder} is not below its zone {place.Zone}";
            }
        }

        return null;
    }

    /// <summary>CLEAR-6.</summary>
    private static string? CheckOrders(CouplingCertificate certificate)
    {
        List<CoupledOrder> orders = certificate.Orders;
        for (int i = 0; i < orders.Count; i++)
        {
            if (orders[i].Node < 0 || orders[i].Node >= certificate.Nodes.Count)
            {
                return $"CLEAR-6: order {orders[i].Order.Order} is at no node";
            }

            if (i > 0 && (orders[i - 1].Node > orders[i].Node || (orders[i - 1].Node == orders[i].Node
                && !orders[i - 1].Order.StandsBefore(orders[i].Order))))
            {
                return $"CLEAR-6: order {orders[i].Order.Order} stands behind {orders[i - 1].Order.Order} against its "
                    + "priority";
            }
        }

        return null;
    }

    /// <summary>What each order trades, and that volume and rent are the sums of the trades.</summary>
    private static string? AddUp(CouplingCertificate certificate, Dictionary<OrderId, int> indices, long[] filled)
    {
        Int128 volume = 0;
        Int128 rent = 0;
        foreach (CoupledTrade trade in certificate.Trades)
        {
            if (!indices.TryGetValue(trade.Bid, out int bid) || !indices.TryGetValue(trade.Ask, out int ask)
                || certificate.Orders[bid].Order.Side != Side.Buy || certificate.Orders[ask].Order.Side != Side.Sell
                || trade.Energy.Wh < 1)
            {
                return $"CLEAR-11: {trade.Bid} and {trade.Ask} are not a bid and an ask that took part";
            }

            filled[bid] += trade.Energy.Wh;
            filled[ask] += trade.Energy.Wh;
            if (filled[bid] > certificate.Orders[bid].Order.Energy.Wh
                || filled[ask] > certificate.Orders[ask].Order.Energy.Wh)
            {
                return $"CLEAR-11: bid {trade.Bid} or ask {trade.Ask} trades more than it is for";
            }

            volume += trade.Energy.Wh;
            rent += trade.Rent.Micro;
        }

        return volume != certificate.Volume.Wh ? $"CLEAR-11: the trades sum up to {volume} Wh, not {certificate.Volume}"
            : Int128.Min(rent, Limits.MaxTotal) != certificate.Rent.Micro
                ? $"CLEAR-11: the rents sum up to {rent}, not {certificate.Rent}"
            : null;
    }

    /// <summary>CLEAR-8.</summary>
    private static string? CheckFlows(CouplingCertificate certificate, long[] filled)
    {
        List<CouplingNode> nodes = certificate.Nodes;
        long[] surplus = new long[nodes.Count];
        for (int i = 0; i < filled.Length; i++)
        {
            CoupledOrder order = certificate.Orders[i];
            surplus[order.Node] += order.Order.Side == Side.Sell ? filled[i] : -filled[i];
        }

        for (int node = nodes.Count - 1; node >= 0; node--)
        {
            NetworkNode place = nodes[node].Place;
            long net = surplus[node];
            if (net != nodes[node].Result.Net.Wh || net > place.MostExport.Wh || net < -place.MostImport.Wh)
            {
                return $"CLEAR-8: {net} Wh leave node {node} upwards; it says {nodes[node].Result.Net.Wh}, and its "
                    + $"line carries {place.MostExport.Wh} up and {place.MostImport.Wh} down";
            }

            if (place.Parent >= 0)
            {
                surplus[place.Parent] += net;
            }
        }

        return null;
    }
}
