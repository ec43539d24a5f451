using System.Collections.Generic;
using System.Runtime.InteropServices;
using EnergyNode.Ledger;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Clearing;

/// <summary>CLEAR-2, CLEAR-7: the Merkle roots of a clearing. Its buffers are used again and again.</summary>
public sealed class ClearingRoots
{
    private const string OrderDomain = "energynode/clearing-order/1";
    private const string TradeDomain = "energynode/clearing-trade/1";
    private const string NodeDomain = "energynode/coupling-node/1";
    private const string CoupledOrderDomain = "energynode/coupling-order/1";
    private const string CoupledTradeDomain = "energynode/coupling-trade/1";

    private readonly BorshWriter _writer = new();
    private readonly List<Hash32> _leaves = [];

    private delegate void Encoding<T>(in T item, BorshWriter writer);

    public Hash32 Of(List<ClearingOrder> orders) =>
        Of(orders, OrderDomain, static (in ClearingOrder order, BorshWriter writer) => order.Encode(writer));

    public Hash32 Of(List<ClearingTrade> trades) =>
        Of(trades, TradeDomain, static (in ClearingTrade trade, BorshWriter writer) => trade.Encode(writer));

    public Hash32 Of(List<CouplingNode> nodes) =>
        Of(nodes, NodeDomain, static (in CouplingNode node, BorshWriter writer) => node.Encode(writer));

    public Hash32 Of(List<CoupledOrder> orders) =>
        Of(orders, CoupledOrderDomain, static (in CoupledOrder order, BorshWriter writer) => order.Encode(writer));

    public Hash32 Of(List<CoupledTrade> trades) =>
        Of(trades, CoupledTradeDomain, static (in CoupledTrade trade, BorshWriter writer) => trade.Encode(writer));

    private Hash32 Of<T>(List<T> items, string domain, Encoding<T> encode)
        where T : struct
    {
        _leaves.Clear();
        foreach (ref readonly T item in CollectionsMarshal.AsSpan(items))
        {
            _writer.Clear();
            _writer.Ascii(domain);
            encode(item, _writer);
            _leaves.Add(Hash32.Of(_writer.WrittenSpan));
        }

        return MerkleTree.Root(CollectionsMarshal.AsSpan(_leaves));
    }
}
