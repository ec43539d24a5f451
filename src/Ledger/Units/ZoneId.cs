using System;

namespace EnergyNode.Ledger;

/// <summary>The name of a part of the grid with one price, such as north.</summary>
public readonly record struct ZoneId(Label Name) : IComparable<ZoneId>
{
    /// <exception cref="FormatException">The text is not a label.</exception>
    public static ZoneId Parse(string text) => new(Label.Parse(text));

    public int CompareTo(ZoneId other) => Name.CompareTo(other.Name);

    public override string ToString() => Name.ToString();
}
