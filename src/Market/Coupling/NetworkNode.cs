using EnergyNode.Ledger;

namespace EnergyNode.Market.Coupling;

/// <summary>
/// A place in the network where orders are: a zone, or a feeder below one. The rules GRID-4… are those of
/// docs/spec/grid.md.
/// </summary>
/// <param name="Feeder">Null for the zone itself.</param>
/// <param name="Parent">The number of the node above, less than the own one; −1 for a root.</param>
/// <param name="MostExport">What this clearing may send upwards at most, 0 or more, a root 0.</param>
/// <param name="MostImport">What it may send downwards at most, 0 or more, a root 0.</param>
public readonly record struct NetworkNode(
    ZoneId Zone, FeederId? Feeder, int Parent, WattHours MostExport, WattHours MostImport)
{
    public const int NoParent = -1;
}
