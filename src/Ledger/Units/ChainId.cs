using System;

namespace EnergyNode.Ledger;

/// <summary>
/// The name of a chain. Part of everything that is signed, so that no signature is good on two chains.
/// </summary>
public readonly record struct ChainId(Label Name) : IComparable<ChainId>
{
    /// <exception cref="FormatException">The text is not a label.</exception>
    public static ChainId Parse(string text) => new(Label.Parse(text));

    public static bool TryParse(string? text, out ChainId id)
    {
        bool valid = Label.TryParse(text, out Label name);
        id = new ChainId(name);
        return valid;
    }

    public int CompareTo(ChainId other) => Name.CompareTo(other.Name);

    public override string ToString() => Name.ToString();
}
