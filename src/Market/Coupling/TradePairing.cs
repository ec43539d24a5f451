using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Coupling;

/// <summary>
/// GRID-9: who trades with whom. From the last node to the first, each pairs what it has of both sides, its own orders
/// before what is left over of the nodes below; of one side nothing is left then, and what is left of the other goes
/// up. So energy comes from as near as can be, and each line carries no more than its net flow.
/// </summary>
public static class TradePairing
{
    public static List<CoupledTrade> Pair(NetworkNode[] nodes, CoupledOrder[] orders, NetworkClearing clearing)
    {
        Queue[] queues = new Queue[nodes.Length];
        for (int node = 0; node < queues.Length; node++)
        {
            queues[node] = new Queue();
        }

        for (int i = 0; i < orders.Length; i++)
        {
            if (clearing.FilledWh(i) > 0)
            {
                queues[orders[i].Node].Of(orders[i].Order.Side).Add(new Rest(i, clearing.FilledWh(i)));
            }
        }

        List<CoupledTrade> trades = [];
        for (int node = nodes.Length - 1; node >= 0; node--)
        {
            Pair(queues[node], orders, clearing, trades);
            if (nodes[node].Parent >= 0)
            {
                queues[node].MoveTo(queues[nodes[node].Parent]);
            }
        }

        return trades;
    }

    private static void Pair(
        Queue queue, CoupledOrder[] orders, NetworkClearing clearing, List<CoupledTrade> trades)
    {
        List<Rest> bids = queue.Bids;
        List<Rest> asks = queue.Asks;
        int bid = 0;
        int ask = 0;
        while (bid < bids.Count && ask < asks.Count)
        {
            long energy = System.Math.Min(bids[bid].Wh, asks[ask].Wh);
            CoupledOrder buyer = orders[bids[bid].Order];
            CoupledOrder seller = orders[asks[ask].Order];
            trades.Add(new CoupledTrade(
                buyer.Order.Order,
                seller.Order.Order,
                new WattHours(energy),
                clearing.Results[buyer.Node].Price!.Value,
                clearing.Results[seller.Node].Price!.Value));
            bid += Take(bids, bid, energy);
            ask += Take(asks, ask, energy);
        }

        queue.Drop(bid, ask);
    }

    /// <returns>1 when nothing is left, so that the next one is due.</returns>
    private static int Take(List<Rest> rests, int index, long energy)
    {
        Rest rest = rests[index] with { Wh = rests[index].Wh - energy };
        rests[index] = rest;
        return rest.Wh == 0 ? 1 : 0;
    }

    /// <summary>What is still to be paired of an order.</summary>
    private readonly record struct Rest(int Order, long Wh);

    private sealed class Queue
    {
        private int _bid;
        private int _ask;

        public List<Rest> Bids { get; } = [];

        public List<Rest> Asks { get; } = [];

        public List<Rest> Of(Side side) => side == Side.Buy ? Bids : Asks;

        public void Drop(int bids, int asks) => (_bid, _ask) = (bids, asks);

        public void MoveTo(Queue other)
        {
            for (; _bid < Bids.Count; _bid++)
            {
                other.Bids.Add(Bids[_bid]);
            }

            for (; _ask < Asks.Count; _ask++)
            {
                other.Asks.Add(Asks[_ask]);
            }
        }
    }
}
