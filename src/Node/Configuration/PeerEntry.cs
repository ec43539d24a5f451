using EnergyNode.Ledger;

namespace EnergyNode.Node.Configuration;

/// <summary>Another node: where it is reached and which key it must prove to hold.</summary>
/// <param name="Name">For people; unique among the peers.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="PublicKey">Its Ed25519 validator key; unique among the peers.</param>
public sealed record PeerEntry(string Name, NodeAddress Address, PublicKey PublicKey);
