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
        CertificateLists.Write(writer, Nodes, static (item, to) => item.Encode(to));
        CertificateLists.Write(writer, Orders, static (item, to) => item.Encode(to));
        CertificateLists.Write(writer, Trades, static (item, to) => item.Encode(to));
        writer.I64(Volume.Wh);
        writer.I64(Rent.Micro);
    }

    /// <summary>Reads a certificate; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static CouplingCertificate Decode(ref BorshReader reader)
    {
        CouplingKey key = CouplingKey.Decode(ref reader);
        List<CouplingNode> nodes = CertificateLists.Read<CouplingNode>(
            ref reader, CouplingLimits.MaxNodes, CouplingNode.MinBytes, CouplingNode.Decode);
        List<CoupledOrder> orders = CertificateLists.Read<CoupledOrder>(
            ref reader, CouplingLimits.MaxOrders, CoupledOrder.MinBytes, CoupledOrder.Decode);
        List<CoupledTrade> trades = CertificateLists.Read<CoupledTrade>(
            ref reader, CouplingLimits.MaxOrders, CoupledTrade.Bytes, CoupledTrade.Decode);

        return new CouplingCertificate(
            key, nodes, orders, trades, new WattHours(reader.I64(0, long.MaxValue)),
            new Money(reader.I64(0, Limits.MaxTotal)));
    }
}
