using System;
using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Coupling;
using EnergyNode.Market.Tests.Books;

namespace EnergyNode.Market.Tests.Coupling;

/// <summary>Small networks with few prices, so that ties and full lines are many.</summary>
internal static class RandomNetwork
{
    public static NetworkNode[] Nodes(Xorshift random)
    {
        NetworkNode[] nodes = new NetworkNode[random.Between(1, 6)];
        for (int i = 0; i < nodes.Length; i++)
        {
            int parent = i == 0 || random.Below(8) == 0 ? NetworkNode.NoParent : (int)random.Below(i);
            nodes[i] = new NetworkNode(
                ZoneId.Parse($"z{i}"), null, parent, Capacity(random, parent), Capacity(random, parent));
        }

        return nodes;
    }

    /// <param name="spread">Every bid is above every ask.</param>
    public static CoupledOrder[] Orders(Xorshift random, int nodes, bool spread = false)
    {
        List<CoupledOrder> orders = [];
        int count = (int)random.Below(15);
        for (int i = 0; i < count; i++)
        {
            Side side = random.Below(2) == 0 ? Side.Buy : Side.Sell;
            long price = random.Between(-3, 4) + (spread && side == Side.Buy ? 8 : 0);
            orders.Add(new CoupledOrder(
                (int)random.Below(nodes),
                BookId.Parse("book"),
                new ClearingOrder(
                    new OrderId(i + 1), AccountId.Parse("A"), side, new Price(price),
                    new WattHours(random.Between(1, 9)), i + 1)));
        }

        return Sorted(orders);
    }

    public static CoupledOrder[] Sorted(IEnumerable<CoupledOrder> orders)
    {
        CoupledOrder[] sorted = [.. orders];
        Array.Sort(sorted, static (left, right) =>
            left.Order.Order == right.Order.Order ? 0 : left.StandsBefore(right) ? -1 : 1);
        return sorted;
    }

    private static WattHours Capacity(Xorshift random, int parent) => new(
        parent < 0 ? 0 : random.Below(3) == 0 ? 100 : random.Below(4) == 0 ? 0 : random.Between(1, 12));
}
