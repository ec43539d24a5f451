using System;

namespace EnergyNode.Ledger;

/// <summary>The name of a device: a PV system, a battery ….</summary>
public readonly record struct AssetId(Label Name) : IComparable<AssetId>
{
    /// <exception cref="FormatException">The text is not a label.</exception>
    public static AssetId Parse(string text) => new(Label.Parse(text));

    public int CompareTo(AssetId other) => Name.CompareTo(other.Name);

    public override string ToString() => Name.ToString();
}
