using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>A point in time, in µs since the Unix epoch (UTC).</summary>
public readonly record struct Instant(long Micros) : IComparable<Instant>
{
    public const long MicrosPerSecond = 1_000_000;

    public static Instant FromSeconds(long seconds) => new(seconds * MicrosPerSecond);

    /// <summary>Whole seconds since the Unix epoch, rounded towards minus infinity.</summary>
    public long Seconds =>
        Micros >= 0 ? Micros / MicrosPerSecond : -((-Micros + MicrosPerSecond - 1) / MicrosPerSecond);

    public Instant Plus(Duration duration) => new(Micros + duration.Micros);

    public Duration Since(Instant earlier) => new(Micros - earlier.Micros);

    public int CompareTo(Instant other) => Micros.CompareTo(other.Micros);

    public static bool operator <(Instant left, Instant right) => left.Micros < right.Micros;

    public static bool operator >(Instant left, Instant right) => left.Micros > right.Micros;

    public static bool operator <=(Instant left, Instant right) => left.Micros <= right.Micros;

    public static bool operator >=(Instant left, Instant right) => left.Micros >= right.Micros;

    public override string ToString() => Micros.ToString(CultureInfo.InvariantCulture) + "µs";
}
