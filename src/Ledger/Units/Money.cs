using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>Money in micro-units (10⁻⁶) of the settlement currency.</summary>
public readonly record struct Money(long Micro) : IComparable<Money>
{
    public static readonly Money Zero = new(0);

    public static Money operator +(Money left, Money right) => new(left.Micro + right.Micro);

    public static Money operator -(Money left, Money right) => new(left.Micro - right.Micro);

    public static bool operator <(Money left, Money right) => left.Micro < right.Micro;

    public static bool operator >(Money left, Money right) => left.Micro > right.Micro;

    public static bool operator <=(Money left, Money right) => left.Micro <= right.Micro;

    public static bool operator >=(Money left, Money right) => left.Micro >= right.Micro;

    public int CompareTo(Money other) => Micro.CompareTo(other.Micro);

    public override string ToString() => Micro.ToString(CultureInfo.InvariantCulture) + "µ";
}
