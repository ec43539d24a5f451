using EnergyNode.Ledger;

namespace EnergyNode.Node.Demo;

/// <summary>Where a validator stands at the end.</summary>
internal sealed record ValidatorFigures(string Name, Height Height, Hash32 StateRoot, long PeakMemoryKib);
