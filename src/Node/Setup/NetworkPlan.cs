using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Setup;

/// <summary>A network to create.</summary>
/// <param name="Directory">Must be empty or not exist.</param>
/// <param name="PeerPorts">One loopback port for each validator.</param>
/// <param name="AdminPorts">The same for inspection; 0 takes any free port.</param>
public sealed record NetworkPlan(string Directory, IReadOnlyList<int> PeerPorts, IReadOnlyList<int> AdminPorts)
{
    public int Validators => PeerPorts.Count;

    /// <summary>A plan with the default ports: 7401 … and 9110 …</summary>
    public static NetworkPlan WithDefaultPorts(string directory, int validators) => new(
        directory,
        [.. Enumerable.Range(SetupLimits.FirstPeerPort, validators)],
        [.. Enumerable.Range(SetupLimits.FirstAdminPort, validators)]);
}
