using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Execution;

/// <summary>A request that the ledger had admitted and the book, which knows more, did not take.</summary>
/// <param name="Refusal">
/// <see cref="BookRefusal.WouldTrade"/>, or <see cref="BookRefusal.OrderNotFound"/> when the order ended earlier in the
/// slice.
/// </param>
public readonly record struct BookDecline(BookOperationKind Kind, OrderId Order, BookRefusal Refusal);
