using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>The ledger's number of an order: 1, 2, 3 … in the order of admission over all books.</summary>
public readonly record struct OrderId(long Value) : IComparable<OrderId>
{
    public int CompareTo(OrderId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
