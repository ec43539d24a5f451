using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>The position of a validator in its validator set, from 0.</summary>
public readonly record struct ValidatorIndex(int Value) : IComparable<ValidatorIndex>
{
    public int CompareTo(ValidatorIndex other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
