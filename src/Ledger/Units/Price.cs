using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>A price in micro-units of the settlement currency per kWh.</summary>
public readonly record struct Price(long MicroPerKwh) : IComparable<Price>
{
    private const long WattHoursPerKwh = 1_000;

    /// <summary>
    /// What <paramref name="energy"/> costs at this price, rounded down (towards zero) to a micro-unit.
    /// </summary>
    public Money CostFloor(WattHours energy) =>
        new((long)((Int128)energy.Wh * MicroPerKwh / WattHoursPerKwh));

    /// <summary>What <paramref name="energy"/> costs at this non-negative price, rounded up to a micro-unit.</summary>
    public Money CostCeiling(WattHours energy) =>
        new((long)(((Int128)energy.Wh * MicroPerKwh + (WattHoursPerKwh - 1)) / WattHoursPerKwh));

    /// <summary>
    /// What an amount of base units costs at this price, both not negative, rounded down; stops at <see
    /// cref="Limits.MaxTotal"/>, nine times what any balance can be.
    /// </summary>
    public Money CostBounded(Int128 units) => new((long)Int128.Min(
        units * MicroPerKwh / (WattHoursPerKwh * Grid.UnitsPerWattHour), Limits.MaxTotal));

    /// <summary>What tokens cost at this price, rounded down (towards zero) to a micro-unit.</summary>
    public Money CostFloor(Grid amount) =>
        new((long)((Int128)amount.Units * MicroPerKwh / (WattHoursPerKwh * Grid.UnitsPerWattHour)));

    public static Price Max(Price left, Price right) => left >= right ? left : right;

    public static Price operator +(Price left, Price right) => new(left.MicroPerKwh + right.MicroPerKwh);

    public static Price operator -(Price left, Price right) => new(left.MicroPerKwh - right.MicroPerKwh);

    public static bool operator <(Price left, Price right) => left.MicroPerKwh < right.MicroPerKwh;

    public static bool operator >(Price left, Price right) => left.MicroPerKwh > right.MicroPerKwh;

    public static bool operator <=(Price left, Price right) => left.MicroPerKwh <= right.MicroPerKwh;

    public static bool operator >=(Price left, Price right) => left.MicroPerKwh >= right.MicroPerKwh;

    public int CompareTo(Price other) => MicroPerKwh.CompareTo(other.MicroPerKwh);

    public override string ToString() => MicroPerKwh.ToString(CultureInfo.InvariantCulture) + "µ/kWh";
}
