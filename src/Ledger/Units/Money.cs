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

    /// <summary>
    /// A sum that stops at ±<see cref="Limits.MaxTotal"/>: for records of turnover, which nothing else bounds. Both
    /// terms are within ±<see cref="Limits.MaxTotal"/>.
    /// </summary>
    public Money PlusBounded(Money other) =>
        new((long)Int128.Clamp((Int128)Micro + other.Micro, -Limits.MaxTotal, Limits.MaxTotal));

    public int CompareTo(Money other) => Micro.CompareTo(other.Micro);

    public override string ToString() => Micro.ToString(CultureInfo.InvariantCulture) + "µ";
}
