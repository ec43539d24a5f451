using System.Collections.Generic;

namespace EnergyNode.Pbm;

/// <summary>One command as the node declares it.</summary>
internal sealed record CatalogueCommand(
    string Palette,
    string Name,
    string Description,
    IReadOnlyList<CatalogueArgument> Arguments)
{
    public string FullName => $"{Palette} {Name}";
}
