using System;

namespace EnergyNode.Ledger;

/// <summary>The name of a line that connects meters to its zone.</summary>
public readonly record struct FeederId(Label Name) : IComparable<FeederId>
{
    /// <exception cref="FormatException">The text is not a label.</exception>
    public static FeederId Parse(string text) => new(Label.Parse(text));

    public int CompareTo(FeederId other) => Name.CompareTo(other.Name);

    public override string ToString() => Name.ToString();
}
