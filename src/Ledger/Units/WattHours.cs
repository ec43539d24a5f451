using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>Energy in whole watt-hours: the lot of every order and the resolution of a meter reading.</summary>
public readonly record struct WattHours(long Wh) : IComparable<WattHours>
{
    public static readonly WattHours Zero = new(0);

    /// <summary>The same energy in tokens (1 Wh = 1,000,000 base units).</summary>
    public Grid ToGrid() => new(Wh * Grid.UnitsPerWattHour);

    public static WattHours Min(WattHours left, WattHours right) => left.Wh <= right.Wh ? left : right;

    public static WattHours operator +(WattHours left, WattHours right) => new(left.Wh + right.Wh);

    public static WattHours operator -(WattHours left, WattHours right) => new(left.Wh - right.Wh);

    public static bool operator <(WattHours left, WattHours right) => left.Wh < right.Wh;

    public static bool operator >(WattHours left, WattHours right) => left.Wh > right.Wh;

    public static bool operator <=(WattHours left, WattHours right) => left.Wh <= right.Wh;

    public static bool operator >=(WattHours left, WattHours right) => left.Wh >= right.Wh;

    public int CompareTo(WattHours other) => Wh.CompareTo(other.Wh);

    public override string ToString() => Wh.ToString(CultureInfo.InvariantCulture) + "Wh";
}
