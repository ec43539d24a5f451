using System.Collections.Generic;

namespace EnergyNode.Node.Configuration;

/// <summary>The cluster in Akka's words.</summary>
/// <param name="SeedNodes">Addresses to dial besides those of the peers.</param>
/// <param name="Roles">Shown by <c>cluster show</c>.</param>
/// <param name="MinimumMembers">Members, this node included, that must be up before it reports ready.</param>
public sealed record ClusterOptions(
    IReadOnlyList<NodeAddress> SeedNodes, IReadOnlyList<string> Roles, int MinimumMembers);
