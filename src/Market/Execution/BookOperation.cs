using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>One request to a book. The ledger has admitted it and holds what it may cost.</summary>
/// <param name="Order">
/// The order to submit or to ask about; of a cancel only the id counts, of a replacement id, price and quantity, of a
/// fill id and quantity; otherwise nothing. The owner's handle is the book machine's affair.
/// </param>
public readonly record struct BookOperation(BookOperationKind Kind, BookOrder Order)
{
    /// <summary>Of an order that is submitted or asked about, whose it is.</summary>
    public AccountId Owner { get; init; }

    /// <summary>Of a replacement, what was open of the order when the ledger admitted it.</summary>
    public WattHours Expected { get; init; }

    /// <summary>Of <see cref="BookOperationKind.EndUntil"/>, the instant.</summary>
    public Instant Until { get; init; }

    internal static BookOperation Cancel(OrderId id) =>
        new(BookOperationKind.Cancel, default(BookOrder) with { Id = id });

    internal static BookOperation Fill(OrderId id, WattHours energy) =>
        new(BookOperationKind.Fill, default(BookOrder) with { Id = id, Quantity = energy });

    internal static BookOperation Of(BookOperationKind kind) => new(kind, default);
}
