using EnergyNode.Ledger;
using EnergyNode.Node.Network;

namespace EnergyNode.Node.Gateway;

/// <summary>A validator to talk to; it must prove to hold the key.</summary>
public sealed record ValidatorEndpoint(string Name, PublicKey Key, PeerAddress Address);
