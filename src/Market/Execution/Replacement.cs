using EnergyNode.Ledger;

namespace EnergyNode.Market.Execution;

/// <summary>A replacement on its way to the book.</summary>
/// <param name="HoldPrice">What the order holds for each kWh afterwards.</param>
/// <param name="Priority">Its number, should it lose its place.</param>
/// <param name="Money">Held beside what the order holds, so that afterwards nothing can be missing.</param>
/// <param name="Tokens">The same of tokens.</param>
internal readonly record struct Replacement(
    AccountId Owner, Price Limit, Price BookPrice, Price HoldPrice, long Priority, Money Money, Grid Tokens);
