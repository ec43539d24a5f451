using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>A bundle of certificates, numbered from 1 in the order in which they came to be.</summary>
public readonly record struct RecId(long Value) : IComparable<RecId>
{
    public int CompareTo(RecId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
