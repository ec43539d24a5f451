namespace EnergyNode.Ledger;

/// <summary>An order book that exists from the start. A name alone stands for the default parameters.</summary>
public sealed record GenesisBook(BookId Book, BookParameters Parameters)
{
    public static implicit operator GenesisBook(BookId book) => FromBookId(book);

    public static GenesisBook FromBookId(BookId book) => new(book, BookParameters.Default);
}
