using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>To the peers actor: cut the link to this key and take no connection of it for a time.</summary>
/// <param name="Reason">For the log; one line.</param>
public sealed record Expel(PublicKey Peer, Duration Time, string Reason);
