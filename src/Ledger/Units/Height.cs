using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>The position of a block in the chain. Genesis is 0, the first block is 1.</summary>
public readonly record struct Height(long Value) : IComparable<Height>
{
    public static readonly Height Genesis = new(0);

    public Height Next => new(Value + 1);

    public static bool operator <(Height left, Height right) => left.Value < right.Value;

    public static bool operator >(Height left, Height right) => left.Value > right.Value;

    public static bool operator <=(Height left, Height right) => left.Value <= right.Value;

    public static bool operator >=(Height left, Height right) => left.Value >= right.Value;

    public int CompareTo(Height other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
