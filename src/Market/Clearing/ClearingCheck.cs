using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Clearing;

/// <summary>
/// Re-checks a clearing in one pass over its orders and trades: it shares no code with the book that made it. The rules
/// are CLEAR-1 to CLEAR-5 of docs/spec/clearing.md.
/// </summary>
public static class ClearingCheck
{
    /// <param name="summary">What the state says of this book and epoch, proved under a state root.</param>
    /// <returns>What is wrong, for people; null when all is as it must be.</returns>
    public static string? Problem(ClearingCertificate certificate, in ClearingSummary summary)
    {
        ClearingRoots roots = new();
        return certificate.Mechanism != summary.Mechanism ? "the mechanism is not the one in the state"
            : certificate.Orders.Count != summary.Orders || roots.Of(certificate.Orders) != summary.OrdersRoot
                ? "the orders are not those in the state: one is missing, added, changed, or stands elsewhere"
            : certificate.Trades.Count != summary.Trades || roots.Of(certificate.Trades) != summary.TradesRoot
                ? "the trades are not those in the state"
            : certificate.Price != summary.Price || certificate.Volume != summary.Volume
                ? "price or volume are not those in the state"
            : Recheck(certificate);
    }

    /// <summary>Whether the trades, price and volume are what the rules make of the orders.</summary>
    public static string? Recheck(ClearingCertificate certificate)
    {
        List<ClearingOrder> orders = certificate.Orders;
        for (int i = 1; i < orders.Count; i++)
        {
            if (!orders[i - 1].StandsBefore(orders[i]))
            {
                return $"CLEAR-1: order {orders[i].Order} stands behind {orders[i - 1].Order} against its priority";
            }
        }

        return certificate.Mechanism == BookMechanism.Continuous
            ? "a continuous book is not cleared"
            : Walk(certificate);
    }

    /// <summary>CLEAR-3 to CLEAR-5.</summary>
    private static string? Walk(ClearingCertificate certificate)
    {
        List<ClearingOrder> orders = certificate.Orders;
        int bid = 0;
        int ask = orders.FindIndex(static order => order.Side == Side.Sell);
        int asksStart = ask < 0 ? orders.Count : ask;
        ask = asksStart;
        long bidLeft = bid < asksStart ? orders[bid].Energy.Wh : 0;
        long askLeft = ask < orders.Count ? orders[ask].Energy.Wh : 0;
        Int128 volume = 0;
        int lastBid = -1;
        int lastAsk = -1;
        foreach (ClearingTrade trade in certificate.Trades)
        {
            if (bid >= asksStart || ask >= orders.Count || orders[bid].Price < orders[ask].Price)
            {
                return $"CLEAR-3: the trade of bid {trade.Bid} and ask {trade.Ask} is one too many";
            }

            (lastBid, lastAsk) = (bid, ask);
            long energy = Math.Min(bidLeft, askLeft);
            if (trade.Bid != orders[bid].Order || trade.Ask != orders[ask].Order || trade.Energy.Wh != energy)
            {
                return $"CLEAR-3: bid {orders[bid].Order} and ask {orders[ask].Order} trade {energy} Wh next, not "
                    + $"{trade.Bid} and {trade.Ask} {trade.Energy.Wh} Wh";
            }

            volume += energy;
            bidLeft -= energy;
            askLeft -= energy;
            if (certificate.Mechanism == BookMechanism.PayAsBidAuction && trade.Price != orders[bid].Price)
            {
                return $"CLEAR-5: bid {trade.Bid} pays {trade.Price}, not what it bid";
            }

            if (bidLeft == 0)
            {
                bid++;
                bidLeft = bid < asksStart ? orders[bid].Energy.Wh : 0;
            }

            if (askLeft == 0)
            {
                ask++;
                askLeft = ask < orders.Count ? orders[ask].Energy.Wh : 0;
            }
        }

        if (bid < asksStart && ask < orders.Count && orders[bid].Price >= orders[ask].Price)
        {
            return $"CLEAR-3: bid {orders[bid].Order} and ask {orders[ask].Order} must trade";
        }

        return volume != certificate.Volume.Wh
            ? $"CLEAR-3: the trades sum up to {volume} Wh, not {certificate.Volume.Wh}"
            : CheckPrice(certificate, lastBid, lastAsk);
    }

    /// <summary>CLEAR-4.</summary>
    private static string? CheckPrice(ClearingCertificate certificate, int lastBid, int lastAsk)
    {
        if (lastBid < 0 || certificate.Mechanism == BookMechanism.PayAsBidAuction)
        {
            return certificate.Price is null ? null : "CLEAR-4: there is no uniform price";
        }

        long sum = certificate.Orders[lastBid].Price.MicroPerKwh + certificate.Orders[lastAsk].Price.MicroPerKwh;
        Price price = new((long)Math.Floor((decimal)sum / 2));
        if (certificate.Price != price)
        {
            return $"CLEAR-4: the price is {price}, not {certificate.Price}";
        }

        int wrong = certificate.Trades.FindIndex(trade => trade.Price != price);
        return wrong < 0 ? null : $"CLEAR-4: bid {certificate.Trades[wrong].Bid} pays another price than {price}";
    }
}
