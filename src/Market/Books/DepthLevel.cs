using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>What rests at one price of one side.</summary>
/// <param name="Price">The limit that all its orders share.</param>
/// <param name="Total">The open quantity of all orders of the level.</param>
/// <param name="Orders">How many orders, at least one.</param>
public readonly record struct DepthLevel(Price Price, WattHours Total, int Orders);
