using System;

namespace EnergyNode.Ledger;

/// <summary>The name of an order book: a zone and a product, such as north-solar.</summary>
public readonly record struct BookId(Label Name) : IComparable<BookId>
{
    /// <exception cref="FormatException">The text is not a label.</exception>
    public static BookId Parse(string text) => new(Label.Parse(text));

    public static bool TryParse(string? text, out BookId id)
    {
        bool valid = Label.TryParse(text, out Label name);
        id = new BookId(name);
        return valid;
    }

    public int CompareTo(BookId other) => Name.CompareTo(other.Name);

    public override string ToString() => Name.ToString();
}
