using System.Collections.Immutable;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>A node to dial: its key and the addresses to try, in this order.</summary>
public sealed record KnownPeer(PublicKey Key, ImmutableArray<PeerAddress> Addresses);
