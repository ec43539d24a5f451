using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>The number of a market epoch: 0 is the first after genesis.</summary>
public readonly record struct EpochIndex(long Value) : IComparable<EpochIndex>
{
    public EpochIndex Next => new(Value + 1);

    public int CompareTo(EpochIndex other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
