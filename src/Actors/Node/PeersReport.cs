using System.Collections.Generic;

namespace EnergyNode.Actors.Node;

/// <summary>The members as this node sees them, validators in the order of their set, then the others.</summary>
public sealed record PeersReport(IReadOnlyList<PeerStatus> Members, int Clients);
