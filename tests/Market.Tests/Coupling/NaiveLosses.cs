using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using EnergyNode.Market.Clearing;

namespace EnergyNode.Market.Tests.Coupling;

/// <summary>
/// Losses once more, as simply as they can be written, from the certificates of clearings and from what the test knows
/// of homes, factors and prices.
/// </summary>
internal sealed class NaiveLosses
{
    private readonly List<(long Delivery, string Buyer, string Seller, long Wh)> _trades = [];

    public Dictionary<string, string> Feeders { get; } = new()
    {
        ["N1"] = "north/n1",
        ["N2"] = "north/n1",
        ["S1"] = "south/s1",
        ["S2"] = "south/s2",
        ["S3"] = "south/s2",
    };

    /// <summary>On one feeder, in one zone, across zones.</summary>
    public long[] Ppm { get; set; } = [0, 0, 0];

    /// <summary>Of each home that has lost anything, in µWh.</summary>
    public Dictionary<string, BigInteger> Lost { get; } = [];

    /// <summary>In micro-units.</summary>
    public Dictionary<string, BigInteger> Paid { get; } = [];

    public void Note(CouplingCertificate certificate)
    {
        Dictionary<long, string> owners = certificate.Orders.ToDictionary(
            order => order.Order.Order.Value, order => order.Order.Owner.ToString());
        _trades.AddRange(certificate.Trades.Select(trade => (
            certificate.Key.Delivery.Value, owners[trade.Bid.Value], owners[trade.Ask.Value], trade.Energy.Wh)));
    }

    public void Note(ClearingCertificate certificate)
    {
        Dictionary<long, string> owners = certificate.Orders.ToDictionary(
            order => order.Order.Value, order => order.Owner.ToString());
        _trades.AddRange(certificate.Trades.Select(trade => (
            certificate.Epoch.Value, owners[trade.Bid.Value], owners[trade.Ask.Value], trade.Energy.Wh)));
    }

    public void Close(long epoch, long shortPrice)
    {
        foreach (IGrouping<string, BigInteger> one in _trades.Where(trade => trade.Delivery == epoch)
            .GroupBy(trade => trade.Buyer, trade => (BigInteger)trade.Wh * Ppm[Distance(trade.Buyer, trade.Seller)]))
        {
            BigInteger lost = one.Aggregate(BigInteger.Add);
            Lost[one.Key] = Lost.GetValueOrDefault(one.Key) + lost;
            Paid[one.Key] = Paid.GetValueOrDefault(one.Key) + (lost * shortPrice / 1_000_000_000);
        }
    }

    private int Distance(string buyer, string seller) =>
        !Feeders.TryGetValue(buyer, out string? to) || !Feeders.TryGetValue(seller, out string? from) ? 2
        : to == from ? 0
        : to.Split('/')[0] == from.Split('/')[0] ? 1
        : 2;
}
