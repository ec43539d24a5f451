using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>Who is at the other end of a link, proved by its hello.</summary>
internal sealed record LinkIdentity(PublicKey Key, PeerRole Role, string Address, bool Dialled);
