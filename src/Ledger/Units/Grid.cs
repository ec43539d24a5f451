using System;
using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>
/// An amount of GRID tokens in base units: 1 GRID = 1 kWh = 10⁹ base units, so one base unit is 1 µWh.
/// </summary>
public readonly record struct Grid(long Units) : IComparable<Grid>
{
    public const long UnitsPerWattHour = 1_000_000;

    public static readonly Grid Zero = new(0);

    public static Grid Min(Grid left, Grid right) => left.Units <= right.Units ? left : right;

    public static Grid operator +(Grid left, Grid right) => new(left.Units + right.Units);

    public static Grid operator -(Grid left, Grid right) => new(left.Units - right.Units);

    public static bool operator <(Grid left, Grid right) => left.Units < right.Units;

    public static bool operator >(Grid left, Grid right) => left.Units > right.Units;

    public static bool operator <=(Grid left, Grid right) => left.Units <= right.Units;

    public static bool operator >=(Grid left, Grid right) => left.Units >= right.Units;

    /// <summary>A sum that stops at <see cref="Limits.MaxTotal"/>, for records; both terms are 0 to that.</summary>
    public Grid PlusBounded(Grid other) =>
        new(other.Units > Limits.MaxTotal - Units ? Limits.MaxTotal : Units + other.Units);

    public int CompareTo(Grid other) => Units.CompareTo(other.Units);

    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture) + "µWh";
}
