using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Clearing;

/// <summary>
/// CLEAR-9 and CLEAR-10. Each order is an offer to the network: an ask offers to sell, and a bid that buys offers to go
/// without. Of each node it finds the dearest offer that is used where its energy could still come from, and the
/// cheapest that is not used where it could; an allocation is right when nowhere the first is dearer than the second.
/// </summary>
internal sealed class CouplingMargins
{
    private const int None = -1;

    private readonly List<CouplingNode> _nodes;
    private readonly List<CoupledOrder> _orders;
    private readonly int[] _used;
    private readonly int[] _unused;

    public CouplingMargins(CouplingCertificate certificate, long[] filled)
    {
        _nodes = certificate.Nodes;
        _orders = certificate.Orders;
        _used = new int[_nodes.Count];
        _unused = new int[_nodes.Count];
        Array.Fill(_used, None);
        Array.Fill(_unused, None);
        for (int i = 0; i < filled.Length; i++)
        {
            CoupledOrder order = _orders[i];
            bool some = filled[i] > 0;
            bool rest = filled[i] < order.Order.Energy.Wh;
            bool isAsk = order.Order.Side == Side.Sell;
            Dearer(ref _used[order.Node], isAsk ? some : rest, i);
            Cheaper(ref _unused[order.Node], isAsk ? rest : some, i);
        }

        Spread();
    }

    public string? Problem()
    {
        for (int node = 0; node < _nodes.Count; node++)
        {
            int used = _used[node];
            int unused = _unused[node];
            if (used != None && unused != None && IsDearer(used, unused))
            {
                return $"CLEAR-9: order {_orders[unused].Order.Order} goes before {_orders[used].Order.Order}, and "
                    + $"lines have room between them at node {node}";
            }

            Price? price = used == None || unused == None
                ? null
                : Midpoint(_orders[used].Order.Price.MicroPerKwh, _orders[unused].Order.Price.MicroPerKwh);
            if (price != _nodes[node].Result.Price)
            {
                return $"CLEAR-10: the price of node {node} is {price?.ToString() ?? "none"}, not "
                    + $"{_nodes[node].Result.Price?.ToString() ?? "none"}";
            }
        }

        return null;
    }

    private static Price Midpoint(long low, long high) => new((long)Math.Floor((decimal)(low + high) / 2));

    /// <summary>To all nodes from which or to which energy could flow: upwards first, then down again.</summary>
    private void Spread()
    {
        for (int node = _nodes.Count - 1; node >= 0; node--)
        {
            NetworkNode place = _nodes[node].Place;
            if (place.Parent >= 0)
            {
                Cheaper(ref _unused[place.Parent], CanSendUp(node), _unused[node]);
                Dearer(ref _used[place.Parent], CanSendDown(node), _used[node]);
            }
        }

        for (int node = 0; node < _nodes.Count; node++)
        {
            NetworkNode place = _nodes[node].Place;
            if (place.Parent >= 0)
            {
                Cheaper(ref _unused[node], CanSendDown(node), _unused[place.Parent]);
                Dearer(ref _used[node], CanSendUp(node), _used[place.Parent]);
            }
        }
    }

    private bool CanSendUp(int node) => _nodes[node].Result.Net < _nodes[node].Place.MostExport;

    private bool CanSendDown(int node) => _nodes[node].Result.Net.Wh > -_nodes[node].Place.MostImport.Wh;

    private void Dearer(ref int best, bool counts, int order) =>
        best = counts && order != None && (best == None || IsDearer(order, best)) ? order : best;

    private void Cheaper(ref int best, bool counts, int order) =>
        best = counts && order != None && (best == None || IsDearer(best, order)) ? order : best;

    /// <summary>By price, then bids above asks; of asks the later, of bids the earlier is dearer.</summary>
    private bool IsDearer(int left, int right)
    {
        ClearingOrder a = _orders[left].Order;
        ClearingOrder b = _orders[right].Order;
        return a.Price != b.Price ? a.Price > b.Price
            : a.Side != b.Side ? a.Side == Side.Buy
            : a.Side == Side.Sell ? a.Priority > b.Priority
            : a.Priority < b.Priority;
    }
}
