using System.Collections.Generic;

namespace EnergyNode.Actors.Node;

/// <summary>The scores of all peers that ever connected, in the order of their keys.</summary>
public sealed record LinksReport(IReadOnlyList<LinkScore> Scores);
