namespace EnergyNode.Market.Books;

/// <summary>What happened in a book.</summary>
public enum BookEventKind : byte
{
    /// <summary>The order entered the book's machine.</summary>
    Accepted = 0,

    /// <summary>Two orders traded.</summary>
    Trade = 1,

    /// <summary>What was open of the order was withdrawn on request.</summary>
    Cancelled = 2,

    /// <summary>What was open of an immediate-or-cancel order lapsed.</summary>
    Expired = 3,
}
