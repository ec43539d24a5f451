using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Execution;

/// <summary>
/// The network as it is at one close: its zones, parents first, and behind them the feeders that orders come from. What
/// lines have room for depends on the epoch of delivery and on what they carry in it already (GRID-4).
/// </summary>
internal sealed class NetworkSnapshot(LedgerState state)
{
    private readonly List<ZoneId> _zones = [];
    private readonly Dictionary<ZoneId, int> _zoneNodes = [];
    private readonly SortedSet<FeederId> _feeders = [];
    private readonly Dictionary<FeederId, int> _feederNodes = [];

    /// <summary>Begins anew, with the zones alone.</summary>
    public void Take()
    {
        _zones.Clear();
        _zoneNodes.Clear();
        _feeders.Clear();
        _feederNodes.Clear();
        IReadOnlyList<ZoneId> names = state.Lines.Keys;
        for (int before = -1; before != _zones.Count && _zones.Count < names.Count;)
        {
            before = _zones.Count;
            foreach (ZoneId zone in names)
            {
                ZoneId? parent = state.Lines[zone].Parent;
                if (!_zoneNodes.ContainsKey(zone) && (parent is not { } above || _zoneNodes.ContainsKey(above)))
                {
                    _zoneNodes.Add(zone, _zones.Count);
                    _zones.Add(zone);
                }
            }
        }
    }

    /// <summary>Adds the feeder of an account that has an order, if it has one.</summary>
    public void Use(GridPlace place)
    {
        if (place.Feeder is { } feeder)
        {
            _feeders.Add(feeder);
        }
    }

    /// <summary>After all feeders are added.</summary>
    public void Number()
    {
        foreach (FeederId feeder in _feeders)
        {
            _feederNodes.Add(feeder, _zones.Count + _feederNodes.Count);
        }
    }

    public int NodeOf(GridPlace place) =>
        place.Feeder is { } feeder ? _feederNodes[feeder] : _zoneNodes[place.Zone];

    /// <summary>The nodes with what may still flow in an epoch of delivery.</summary>
    public NetworkNode[] NodesFor(EpochIndex delivery)
    {
        NetworkNode[] nodes = new NetworkNode[_zones.Count + _feeders.Count];
        int count = 0;
        foreach (ZoneId zone in _zones)
        {
            GridLine line = state.Lines[zone];
            nodes[count++] = line.Parent is { } parent
                ? Node(zone, null, _zoneNodes[parent], KeyOf(delivery, zone, null), CapacityOf(delivery, line))
                : new NetworkNode(zone, null, NetworkNode.NoParent, WattHours.Zero, WattHours.Zero);
        }

        foreach (FeederId feeder in _feeders)
        {
            Feeder line = state.Feeders[feeder];
            nodes[count++] = Node(
                line.Zone, feeder, _zoneNodes[line.Zone], KeyOf(delivery, line.Zone, feeder),
                CapacityOf(delivery, line));
        }

        return nodes;
    }

    /// <summary>Adds what a clearing sends over the lines.</summary>
    public void Record(EpochIndex delivery, NetworkNode[] nodes, NodeResult[] results)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            if (results[i].Net != WattHours.Zero)
            {
                NetworkNode node = nodes[i];
                LineEpoch key = KeyOf(delivery, node.Zone, node.Feeder);
                LineFlow capacity = node.Feeder is { } feeder
                    ? CapacityOf(delivery, state.Feeders[feeder])
                    : CapacityOf(delivery, state.Lines[node.Zone]);
                WattHours before = state.LineFlows.GetOrDefault(key).Net;
                state.LineFlows.Set(key, capacity with { Net = before + results[i].Net });
            }
        }
    }

    private static LineEpoch KeyOf(EpochIndex delivery, ZoneId zone, FeederId? feeder) => feeder is { } line
        ? new LineEpoch(delivery, LineKind.Feeder, line.Name)
        : new LineEpoch(delivery, LineKind.Zone, zone.Name);

    /// <summary>
    /// A line that carries more than it can by now, since it was made smaller, lets through nothing more.
    /// </summary>
    private NetworkNode Node(ZoneId zone, FeederId? feeder, int parent, LineEpoch key, LineFlow capacity)
    {
        long net = state.LineFlows.GetOrDefault(key).Net.Wh;
        return new NetworkNode(
            zone,
            feeder,
            parent,
            new WattHours(Math.Max(0, capacity.MostExport.Wh - net)),
            new WattHours(Math.Max(0, capacity.MostImport.Wh + net)));
    }

    private LineFlow CapacityOf(EpochIndex delivery, GridLine line) => new(
        WattHours.Zero,
        MeteringRules.MostEnergy(line.ExportW, state.LengthOf(delivery)),
        MeteringRules.MostEnergy(line.ImportW, state.LengthOf(delivery)));

    private LineFlow CapacityOf(EpochIndex delivery, Feeder feeder)
    {
        WattHours most = MeteringRules.MostEnergy(feeder.CapacityW, state.LengthOf(delivery));
        return new LineFlow(WattHours.Zero, most, most);
    }
}
