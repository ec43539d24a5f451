using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Clearing;

/// <summary>The whole account of one clearing of coupled books, which <see cref="CouplingCheck"/> re-checks.</summary>
public sealed record CouplingCertificate(
    CouplingKey Key,
    List<CouplingNode> Nodes,
    List<CoupledOrder> Orders,
    List<CoupledTrade> Trades,
    WattHours Volume,
    Money Rent)
{
    public static CouplingCertificate Of(
        CouplingKey key,
        NetworkNode[] nodes,
        NodeResult[] results,
        CoupledOrder[] orders,
        List<CoupledTrade> trades)
    {
        List<CouplingNode> places = new(nodes.Length);
        for (int i = 0; i < nodes.Length; i++)
        {
            places.Add(new CouplingNode(nodes[i], results[i]));
        }

        WattHours volume = WattHours.Zero;
        Money rent = Money.Zero;
        foreach (CoupledTrade trade in trades)
        {
            volume += trade.Energy;
            rent = rent.PlusBounded(trade.Rent);
        }

        return new CouplingCertificate(key, places, [.. orders], trades, volume, rent);
    }

    /// <summary>The price of a zone itself; null when it has none or is not in the network.</summary>
    public Price? PriceOf(ZoneId zone)
    {
        int index = Nodes.FindIndex(node => node.Place.Zone == zone && node.Place.Feeder is null);
        return index < 0 ? null : Nodes[index].Result.Price;
    }

    public void Encode(BorshWriter writer)
    {
        Key.Encode(writer);
        writer.Count(Nodes.Count);
        foreach (CouplingNode node in Nodes)
        {
            node.Encode(writer);
        }

        writer.Count(Orders.Count);
        foreach (CoupledOrder order in Orders)
        {
            order.Encode(writer);
        }

        writer.Count(Trades.Count);
        foreach (CoupledTrade trade in Trades)
        {
            trade.Encode(writer);
        }

        writer.I64(Volume.Wh);
        writer.I64(Rent.Micro);
    }

    /// <summary>Reads a certificate; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static CouplingCertificate Decode(ref BorshReader reader)
    {
        CouplingKey key = CouplingKey.Decode(ref reader);
        List<CouplingNode> nodes = [];
        for (int left = reader.Count(CouplingLimits.MaxNodes, CouplingNode.MinBytes); left > 0; left--)
        {
            nodes.Add(CouplingNode.Decode(ref reader));
        }

        List<CoupledOrder> orders = [];
        for (int left = reader.Count(CouplingLimits.MaxOrders, CoupledOrder.MinBytes); left > 0; left--)
        {
            orders.Add(CoupledOrder.Decode(ref reader));
        }

        List<CoupledTrade> trades = [];
        for (int left = reader.Count(CouplingLimits.MaxOrders, CoupledTrade.Bytes); left > 0; left--)
        {
            trades.Add(CoupledTrade.Decode(ref reader));
        }

        return new CouplingCertificate(
            key, nodes, orders, trades, new WattHours(reader.I64(0, long.MaxValue)),
            new Money(reader.I64(0, Limits.MaxTotal)));
    }
}
