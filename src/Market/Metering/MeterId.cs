using System;

namespace EnergyNode.Market.Metering;

/// <summary>
/// A meter's name: 1–64 letters, digits, dots, colons, hyphens and underscores. Ordered by its bytes.
/// </summary>
public readonly record struct MeterId(string Value) : IComparable<MeterId>
{
    public int CompareTo(MeterId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;
}
