using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>An order that a home would place in its zone's forward book.</summary>
/// <param name="Percent">The limit, in percent of the way from the feed-in tariff to the retail price.</param>
internal readonly record struct AheadWish(Side Side, long QuantityWh, int Percent);
