using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Coupling;

/// <summary>
/// Clears orders at the nodes of a forest whose lines carry only so much (GRID-7). What each node would send upwards is
/// a rising curve of its own orders and of what the lines below let through; where the root's curve crosses zero, the
/// margin is found, and it is handed down again. O(depth · n · log n) for n orders.
/// </summary>
public sealed class NetworkClearing
{
    private readonly NetworkNode[] _nodes;
    private readonly CoupledOrder[] _orders;
    private readonly ExportStep[] _steps;
    private readonly int[] _ordersByRank;
    private readonly int[] _rankOfOrder;
    private readonly long[] _filled;
    private readonly long[] _net;

    private NetworkClearing(NetworkNode[] nodes, CoupledOrder[] orders)
    {
        _nodes = nodes;
        _orders = orders;
        _steps = new ExportStep[orders.Length];
        for (int i = 0; i < orders.Length; i++)
        {
            _steps[i] = ExportStep.Of(orders[i]);
        }

        _ordersByRank = new int[orders.Length];
        _rankOfOrder = new int[orders.Length];
        _filled = new long[orders.Length];
        _net = new long[nodes.Length];
        Results = new NodeResult[nodes.Length];
    }

    /// <summary>By nodes.</summary>
    public NodeResult[] Results { get; }

    /// <summary>The energy that an order trades.</summary>
    public long FilledWh(int order) => _filled[order];

    /// <param name="nodes">Parents before children.</param>
    /// <param name="orders">Sorted by <see cref="CoupledOrder.StandsBefore"/>.</param>
    public static NetworkClearing Clear(NetworkNode[] nodes, CoupledOrder[] orders)
    {
        NetworkClearing clearing = new(nodes, orders);
        clearing.Rank();
        clearing.Allocate();
        clearing.SetPrices();
        return clearing;
    }

    private void Rank()
    {
        ExportStep[] sorted = [.. _steps];
        for (int i = 0; i < sorted.Length; i++)
        {
            _ordersByRank[i] = i;
        }

        Array.Sort(sorted, _ordersByRank);
        for (int rank = 0; rank < sorted.Length; rank++)
        {
            _rankOfOrder[_ordersByRank[rank]] = rank;
        }
    }

    private void Allocate()
    {
        ExportCurve[] curves = BuildCurves();
        MarginalStep[] cuts = new MarginalStep[_nodes.Length];
        int order = 0;
        for (int node = 0; node < _nodes.Length; node++)
        {
            NetworkNode place = _nodes[node];
            _net[node] = place.Parent < 0
                ? 0
                : curves[node].NetAt(cuts[place.Parent], -place.MostImport.Wh, place.MostExport.Wh);
            MarginalStep cut = curves[node].CutAt(_net[node]);
            cuts[node] = cut;
            for (; order < _orders.Length && _orders[order].Node == node; order++)
            {
                int rank = _rankOfOrder[order];
                long energy = _steps[order].EnergyWh;
                long taken = rank < cut.Rank ? energy : rank == cut.Rank ? cut.Part : 0;
                _filled[order] = _steps[order].Sells ? taken : energy - taken;
            }
        }
    }

    private ExportCurve[] BuildCurves()
    {
        ExportCurve[] curves = new ExportCurve[_nodes.Length];
        for (int node = 0; node < curves.Length; node++)
        {
            curves[node] = new ExportCurve();
        }

        for (int i = 0; i < _orders.Length; i++)
        {
            ExportCurve curve = curves[_orders[i].Node];
            if (_steps[i].Sells)
            {
                curve.AddAsk(_rankOfOrder[i], _steps[i].EnergyWh);
            }
            else
            {
                curve.AddBid(_rankOfOrder[i], _steps[i].EnergyWh);
            }
        }

        for (int node = curves.Length - 1; node >= 0; node--)
        {
            curves[node].Sort();
            NetworkNode place = _nodes[node];
            if (place.Parent >= 0)
            {
                curves[place.Parent].AddThrough(curves[node], -place.MostImport.Wh, place.MostExport.Wh);
            }
        }

        return curves;
    }

    /// <summary>
    /// GRID-8: of a node, the highest step taken from which energy could be had instead, and the lowest step left to
    /// which it could go, wherever lines have room for it.
    /// </summary>
    private void SetPrices()
    {
        int[] taken = new int[_nodes.Length];
        int[] left = new int[_nodes.Length];
        Array.Fill(taken, -1);
        Array.Fill(left, int.MaxValue);
        for (int i = 0; i < _orders.Length; i++)
        {
            int node = _orders[i].Node;
            bool sells = _steps[i].Sells;
            bool isTaken = sells ? _filled[i] > 0 : _filled[i] < _steps[i].EnergyWh;
            bool isLeft = sells ? _filled[i] < _steps[i].EnergyWh : _filled[i] > 0;
            taken[node] = isTaken ? Math.Max(taken[node], _rankOfOrder[i]) : taken[node];
            left[node] = isLeft ? Math.Min(left[node], _rankOfOrder[i]) : left[node];
        }

        for (int node = _nodes.Length - 1; node >= 0; node--)
        {
            int above = _nodes[node].Parent;
            if (above >= 0)
            {
                left[above] = HasRoomUp(node) ? Math.Min(left[above], left[node]) : left[above];
                taken[above] = HasRoomDown(node) ? Math.Max(taken[above], taken[node]) : taken[above];
            }
        }

        for (int node = 0; node < _nodes.Length; node++)
        {
            int above = _nodes[node].Parent;
            if (above >= 0)
            {
                left[node] = HasRoomDown(node) ? Math.Min(left[node], left[above]) : left[node];
                taken[node] = HasRoomUp(node) ? Math.Max(taken[node], taken[above]) : taken[node];
            }

            Results[node] = new NodeResult(new WattHours(_net[node]), Between(taken[node], left[node]));
        }
    }

    private bool HasRoomUp(int node) => _net[node] < _nodes[node].MostExport.Wh;

    private bool HasRoomDown(int node) => _net[node] > -_nodes[node].MostImport.Wh;

    /// <summary>The midpoint of two prices, rounded towards minus infinity.</summary>
    private Price? Between(int taken, int left) => taken < 0 || left == int.MaxValue
        ? null
        : new Price((PriceOf(taken).MicroPerKwh + PriceOf(left).MicroPerKwh) >> 1);

    private Price PriceOf(int rank) => _steps[_ordersByRank[rank]].Price;
}
