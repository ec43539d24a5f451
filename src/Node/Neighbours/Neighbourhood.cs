using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Neighbours;

/// <summary>The homes of a run and what they draw from.</summary>
/// <param name="Homes">Recorded ones first; each meter once.</param>
/// <param name="Seed">They were drawn with it.</param>
internal sealed record Neighbourhood(IReadOnlyList<HomePlan> Homes, RecordedProfiles Profiles, long Seed)
{
    public int Recorded => Homes.Count(static home => home.IsRecorded);

    public int Drawn => Homes.Count - Recorded;
}
