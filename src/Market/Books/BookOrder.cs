using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>A limit order as it enters a book, or as it rests there.</summary>
/// <param name="Id">Unique among the orders at rest in the book.</param>
/// <param name="Owner">The caller's handle of the account; the book hands it back in events and never reads it.</param>
/// <param name="Side">Bid or ask.</param>
/// <param name="Price">The limit in the book (a bid's limit less the grid fee).</param>
/// <param name="Quantity">What is still open.</param>
/// <param name="TimeInForce">Whether a remainder stays.</param>
public readonly record struct BookOrder(
    OrderId Id, int Owner, Side Side, Price Price, WattHours Quantity, TimeInForce TimeInForce);
