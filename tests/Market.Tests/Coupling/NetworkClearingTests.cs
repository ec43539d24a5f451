using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Coupling;
using EnergyNode.Market.Tests.Books;
using Xunit;

namespace EnergyNode.Market.Tests.Coupling;

/// <summary>Coupled clearing against the flow of least cost, on thousands of small networks.</summary>
public sealed class NetworkClearingTests
{
    private const int Instances = 6_000;

    [Fact]
    public void Every_order_trades_what_it_does_in_the_flow_of_least_cost()
    {
        int full = 0;
        for (int seed = 1; seed <= Instances; seed++)
        {
            (NetworkNode[] nodes, CoupledOrder[] orders) = Make(seed);
            NetworkClearing clearing = NetworkClearing.Clear(nodes, orders);
            NaiveFlow flow = new(nodes, orders);
            flow.Trade();
            for (int i = 0; i < orders.Length; i++)
            {
                Assert.True(flow.FilledWh(i) == clearing.FilledWh(i), $"seed {seed}, order {orders[i].Order.Order}");
            }

            full += nodes.Where((node, i) => node.Parent >= 0 && clearing.Results[i].Net.Wh != 0
                && !flow.HasRoom(i, node.Parent)).Count();
        }

        Assert.True(full > Instances / 12, $"{full} full lines");
    }

    [Fact]
    public void Where_every_bid_is_above_every_ask_the_volume_is_the_greatest_flow()
    {
        for (int seed = 1; seed <= Instances; seed++)
        {
            (NetworkNode[] nodes, CoupledOrder[] orders) = Make(seed, spread: true);
            NetworkClearing clearing = NetworkClearing.Clear(nodes, orders);
            long volume = orders.Select((order, i) => order.Order.Side == Side.Buy ? clearing.FilledWh(i) : 0).Sum();
            Assert.True(new NaiveFlow(nodes, orders).MaxFlow() == volume, $"seed {seed}");
        }
    }

    [Fact]
    public void No_line_carries_more_than_it_can_and_every_node_balances()
    {
        for (int seed = 1; seed <= Instances; seed++)
        {
            (NetworkNode[] nodes, CoupledOrder[] orders) = Make(seed);
            NetworkClearing clearing = NetworkClearing.Clear(nodes, orders);
            long[] rest = new long[nodes.Length];
            for (int i = 0; i < orders.Length; i++)
            {
                Assert.InRange(clearing.FilledWh(i), 0, orders[i].Order.Energy.Wh);
                rest[orders[i].Node] +=
                    orders[i].Order.Side == Side.Sell ? clearing.FilledWh(i) : -clearing.FilledWh(i);
            }

            for (int node = nodes.Length - 1; node >= 0; node--)
            {
                long net = clearing.Results[node].Net.Wh;
                Assert.Equal(rest[node], net);
                Assert.InRange(net, -nodes[node].MostImport.Wh, nodes[node].MostExport.Wh);
                if (nodes[node].Parent >= 0)
                {
                    rest[nodes[node].Parent] += net;
                }
            }
        }
    }

    /// <summary>All that a price must be, from the definition: no line is looked at but those that it names.</summary>
    [Fact]
    public void Prices_support_what_trades_and_split_only_where_a_line_is_full()
    {
        int split = 0;
        for (int seed = 1; seed <= Instances; seed++)
        {
            (NetworkNode[] nodes, CoupledOrder[] orders) = Make(seed);
            NetworkClearing clearing = NetworkClearing.Clear(nodes, orders);
            for (int i = 0; i < orders.Length; i++)
            {
                Support(orders[i], clearing.FilledWh(i), clearing.Results[orders[i].Node].Price);
            }

            for (int node = 0; node < nodes.Length; node++)
            {
                if (nodes[node].Parent is >= 0 and int above && clearing.Results[node].Price is { } price
                    && clearing.Results[above].Price is { } other)
                {
                    long net = clearing.Results[node].Net.Wh;
                    Assert.True(price >= other || net == nodes[node].MostExport.Wh, $"seed {seed}");
                    Assert.True(price <= other || net == -nodes[node].MostImport.Wh, $"seed {seed}");
                    split += price == other ? 0 : 1;
                }
            }
        }

        Assert.True(split > Instances / 20, $"{split} splits");
    }

    [Fact]
    public void A_price_is_the_midpoint_of_all_that_support()
    {
        for (int seed = 1; seed <= Instances; seed++)
        {
            (NetworkNode[] nodes, CoupledOrder[] orders) = Make(seed);
            NetworkClearing clearing = NetworkClearing.Clear(nodes, orders);
            NaiveFlow flow = new(nodes, orders);
            flow.Trade();
            for (int node = 0; node < nodes.Length; node++)
            {
                long[] least = [.. Marginal(node, (from, to) => flow.HasRoom(to, from), taken: true)];
                long[] most = [.. Marginal(node, flow.HasRoom, taken: false)];
                Price? expected = least.Length == 0 || most.Length == 0
                    ? null
                    : new Price((long)Math.Floor((least.Max() + most.Min()) / 2.0));
                Assert.True(expected == clearing.Results[node].Price, $"seed {seed}, node {node}");
            }

            IEnumerable<long> Marginal(int node, Func<int, int, bool> hasRoom, bool taken)
            {
                HashSet<int> reached = [node];
                while (Enumerable.Range(0, nodes.Length).Any(from =>
                    reached.Any(to => hasRoom(from, to)) && reached.Add(from)))
                {
                }

                return orders.Where((order, i) => reached.Contains(order.Node)
                        && (order.Order.Side == Side.Sell == taken
                            ? clearing.FilledWh(i) > 0
                            : clearing.FilledWh(i) < order.Order.Energy.Wh))
                    .Select(order => order.Order.Price.MicroPerKwh);
            }
        }
    }

    [Fact]
    public void Trades_add_up_to_what_orders_trade_and_use_each_line_one_way_only()
    {
        for (int seed = 1; seed <= Instances; seed++)
        {
            (NetworkNode[] nodes, CoupledOrder[] orders) = Make(seed);
            NetworkClearing clearing = NetworkClearing.Clear(nodes, orders);
            List<CoupledTrade> trades = TradePairing.Pair(nodes, orders, clearing);
            Dictionary<OrderId, int> indices = orders.Select((order, i) => (order.Order.Order, i))
                .ToDictionary(pair => pair.Order, pair => pair.i);
            long[] filled = new long[orders.Length];
            long[] gross = new long[nodes.Length];
            foreach (CoupledTrade trade in trades)
            {
                (int bid, int ask) = (indices[trade.Bid], indices[trade.Ask]);
                filled[bid] += trade.Energy.Wh;
                filled[ask] += trade.Energy.Wh;
                Assert.Equal(clearing.Results[orders[bid].Node].Price, trade.BidPrice);
                Assert.Equal(clearing.Results[orders[ask].Node].Price, trade.AskPrice);
                Assert.True(trade.Rent >= Money.Zero && trade.BidPrice >= trade.AskPrice, $"seed {seed}");
                foreach (int line in Path(nodes, orders[ask].Node).Except(Path(nodes, orders[bid].Node))
                    .Concat(Path(nodes, orders[bid].Node).Except(Path(nodes, orders[ask].Node))))
                {
                    gross[line] += trade.Energy.Wh;
                }
            }

            Assert.Equal([.. orders.Select((_, i) => clearing.FilledWh(i))], filled);
            Assert.Equal([.. clearing.Results.Select(result => Math.Abs(result.Net.Wh))], gross);
        }
    }

    private static void Support(in CoupledOrder order, long filled, Price? price)
    {
        bool sells = order.Order.Side == Side.Sell;
        Price limit = order.Order.Price;
        if (filled > 0)
        {
            Assert.True(sells ? limit <= price : limit >= price);
        }

        if (filled < order.Order.Energy.Wh && price is not null)
        {
            Assert.True(sells ? limit >= price : limit <= price);
        }
    }

    private static HashSet<int> Path(NetworkNode[] nodes, int node)
    {
        HashSet<int> path = [];
        for (; node >= 0; node = nodes[node].Parent)
        {
            path.Add(node);
        }

        return path;
    }

    private static (NetworkNode[] Nodes, CoupledOrder[] Orders) Make(int seed, bool spread = false)
    {
        Xorshift random = new(((ulong)seed * 0x9E37_79B9) + 77);
        NetworkNode[] nodes = RandomNetwork.Nodes(random);
        return (nodes, RandomNetwork.Orders(random, nodes.Length, spread));
    }
}
