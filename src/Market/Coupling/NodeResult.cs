using EnergyNode.Ledger;

namespace EnergyNode.Market.Coupling;

/// <summary>What a clearing came to at a node.</summary>
/// <param name="Net">What flows upwards; below zero downwards.</param>
/// <param name="Price">Null where nothing reaches that traded or could.</param>
public readonly record struct NodeResult(WattHours Net, Price? Price);
