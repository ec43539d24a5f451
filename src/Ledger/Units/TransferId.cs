using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>The number of a locked transfer: 1, 2, 3 … over all accounts; 0 for none.</summary>
public readonly record struct TransferId(long Value) : IComparable<TransferId>
{
    public int CompareTo(TransferId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
