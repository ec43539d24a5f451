using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>One member as this node sees it.</summary>
/// <param name="Connected">Whether a link is up; always true for the node itself.</param>
/// <param name="Address">The last known address, empty if there was never a link.</param>
/// <param name="Since">When that last changed.</param>
public sealed record PeerStatus(
    string Name, PublicKey Key, PeerRole Role, bool Connected, string Address, Instant Since);
