using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>One request to a book. The ledger has admitted it and holds what it may cost.</summary>
/// <param name="Order">The order to submit; of a cancel only the id counts; of a clearing nothing.</param>
public readonly record struct BookOperation(BookOperationKind Kind, BookOrder Order);
