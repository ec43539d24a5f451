using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Tests.Coupling;

/// <summary>
/// The network as a graph from a source over asks, lines and bids to a sink. Flow goes along shortest paths, one after
/// the other (Bellman and Ford's), while one is worth it: the flow of least cost. It knows nothing of curves and ranks.
/// </summary>
internal sealed class NaiveFlow
{
    private readonly List<Arc> _arcs = [];
    private readonly int _source;
    private readonly int _sink;

    public NaiveFlow(NetworkNode[] nodes, CoupledOrder[] orders)
    {
        (_source, _sink) = (nodes.Length, nodes.Length + 1);
        foreach (CoupledOrder order in orders)
        {
            bool sells = order.Order.Side == Side.Sell;
            Connect(
                sells ? _source : order.Node,
                sells ? order.Node : _sink,
                order.Order.Energy.Wh,
                sells ? CostOfAsk(order) : -ValueOfBid(order));
        }

        for (int node = 0; node < nodes.Length; node++)
        {
            if (nodes[node].Parent >= 0)
            {
                Connect(node, nodes[node].Parent, nodes[node].MostExport.Wh, 0);
                Connect(nodes[node].Parent, node, nodes[node].MostImport.Wh, 0);
            }
        }
    }

    /// <summary>What was pushed through the arc of an order.</summary>
    public long FilledWh(int order) => _arcs[2 * order + 1].Room;

    /// <summary>Whether more could flow from one node to another that it is connected with.</summary>
    public bool HasRoom(int from, int to) => _arcs.Any(arc => arc.From == from && arc.To == to && arc.Room > 0);

    /// <summary>The flow of least cost.</summary>
    public void Trade()
    {
        while (Shortest(out List<int> path) < 0)
        {
            Push(path);
        }
    }

    /// <summary>The greatest flow, whatever it costs.</summary>
    public long MaxFlow()
    {
        foreach (Arc arc in _arcs)
        {
            arc.Cost = 0;
        }

        long flow = 0;
        while (Shortest(out List<int> path) < Int128.MaxValue)
        {
            flow += Push(path);
        }

        return flow;
    }

    /// <summary>First the price counts, then that trade is better than none, then who came first.</summary>
    private static Int128 CostOfAsk(in CoupledOrder order) =>
        ((Int128)order.Order.Price.MicroPerKwh << 80) - ((Int128)1 << 60) + order.Order.Priority;

    private static Int128 ValueOfBid(in CoupledOrder order) =>
        ((Int128)order.Order.Price.MicroPerKwh << 80) + ((Int128)1 << 60) - order.Order.Priority;

    private void Connect(int from, int to, long room, Int128 cost)
    {
        _arcs.Add(new Arc(from, to, room, cost));
        _arcs.Add(new Arc(to, from, 0, -cost));
    }

    private Int128 Shortest(out List<int> path)
    {
        Int128[] distance = new Int128[_sink + 1];
        int[] last = new int[_sink + 1];
        Array.Fill(distance, Int128.MaxValue);
        distance[_source] = 0;
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 0; i < _arcs.Count; i++)
            {
                Arc arc = _arcs[i];
                if (arc.Room > 0 && distance[arc.From] < Int128.MaxValue
                    && distance[arc.From] + arc.Cost < distance[arc.To])
                {
                    distance[arc.To] = distance[arc.From] + arc.Cost;
                    last[arc.To] = i;
                    changed = true;
                }
            }
        }

        path = [];
        for (int at = _sink; distance[_sink] < Int128.MaxValue && at != _source; at = _arcs[last[at]].From)
        {
            path.Add(last[at]);
        }

        return distance[_sink];
    }

    private long Push(List<int> path)
    {
        long energy = path.Min(arc => _arcs[arc].Room);
        foreach (int arc in path)
        {
            _arcs[arc].Room -= energy;
            _arcs[arc ^ 1].Room += energy;
        }

        return energy;
    }

    private sealed record Arc(int From, int To)
    {
        public Arc(int from, int to, long room, Int128 cost)
            : this(from, to)
        {
            Room = room;
            Cost = cost;
        }

        public long Room { get; set; }

        public Int128 Cost { get; set; }
    }
}
