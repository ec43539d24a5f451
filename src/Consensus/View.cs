using System;
using System.Globalization;

namespace EnergyNode.Consensus;

/// <summary>The number of an attempt to decide one height; 0 is the first.</summary>
public readonly record struct View(int Value) : IComparable<View>
{
    public static readonly View Zero = new(0);

    public View Next => new(Value + 1);

    public static bool operator <(View left, View right) => left.Value < right.Value;

    public static bool operator >(View left, View right) => left.Value > right.Value;

    public static bool operator <=(View left, View right) => left.Value <= right.Value;

    public static bool operator >=(View left, View right) => left.Value >= right.Value;

    public int CompareTo(View other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
