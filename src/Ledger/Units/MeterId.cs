using System;

namespace EnergyNode.Ledger;

/// <summary>The name of a smart meter, unique on its chain.</summary>
public readonly record struct MeterId(Label Name) : IComparable<MeterId>
{
    /// <exception cref="FormatException">The text is not a label.</exception>
    public static MeterId Parse(string text) => new(Label.Parse(text));

    public static bool TryParse(string? text, out MeterId id)
    {
        bool valid = Label.TryParse(text, out Label name);
        id = new MeterId(name);
        return valid;
    }

    public int CompareTo(MeterId other) => Name.CompareTo(other.Name);

    public override string ToString() => Name.ToString();
}
