using EnergyNode.Ledger;

namespace EnergyNode.Actors.Ports;

/// <summary>
/// The transport ended a link because of bytes that no frame may have; told before <see cref="PeerDisconnected"/>.
/// </summary>
public sealed record PeerViolated(PublicKey Peer, PeerRole Role, LinkOffence Offence, string What);

/// <summary>A connection that became no link, with the address it came from (no port).</summary>
public sealed record StrangerRefused(string Address);

/// <summary>The peer answered a heartbeat.</summary>
public sealed record PeerHeartbeat(PublicKey Peer, PeerRole Role);
