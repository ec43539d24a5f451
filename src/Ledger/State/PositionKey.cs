using System;

namespace EnergyNode.Ledger;

/// <summary>The key of a <see cref="Position"/>.</summary>
/// <param name="Trade">The number of the trade, 1, 2, 3 … over all books.</param>
public readonly record struct PositionKey(EpochIndex Delivery, long Trade) : IComparable<PositionKey>
{
    public int CompareTo(PositionKey other)
    {
        int order = Delivery.CompareTo(other.Delivery);
        return order != 0 ? order : Trade.CompareTo(other.Trade);
    }
}
