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

    /// <summary>What was open of the order lapsed by its own terms.</summary>
    Expired = 3,

    /// <summary>What was open of the order was withdrawn to prevent a self-trade.</summary>
    Prevented = 4,

    /// <summary>The order has another quantity or price now.</summary>
    Replaced = 5,
}
