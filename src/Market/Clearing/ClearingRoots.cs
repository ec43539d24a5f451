using System.Collections.Generic;
using System.Runtime.InteropServices;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Clearing;

/// <summary>CLEAR-2: the Merkle roots of a clearing. Its buffers are used again and again.</summary>
public sealed class ClearingRoots
{
    private const string OrderDomain = "energynode/clearing-order/1";
    private const string TradeDomain = "energynode/clearing-trade/1";

    private readonly BorshWriter _writer = new();
    private readonly List<Hash32> _leaves = [];

    public Hash32 Of(List<ClearingOrder> orders)
    {
        _leaves.Clear();
        foreach (ref readonly ClearingOrder order in CollectionsMarshal.AsSpan(orders))
        {
            _writer.Clear();
            _writer.Ascii(OrderDomain);
            order.Encode(_writer);
            _leaves.Add(Hash32.Of(_writer.WrittenSpan));
        }

        return MerkleTree.Root(CollectionsMarshal.AsSpan(_leaves));
    }

    public Hash32 Of(List<ClearingTrade> trades)
    {
        _leaves.Clear();
        foreach (ref readonly ClearingTrade trade in CollectionsMarshal.AsSpan(trades))
        {
            _writer.Clear();
            _writer.Ascii(TradeDomain);
            trade.Encode(_writer);
            _leaves.Add(Hash32.Of(_writer.WrittenSpan));
        }

        return MerkleTree.Root(CollectionsMarshal.AsSpan(_leaves));
    }
}
