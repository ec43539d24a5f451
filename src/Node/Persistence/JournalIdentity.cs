using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// Whose journal it is. Fixed when the journal is created and compared whenever it is opened: a validator that writes
/// into another chain's or another validator's journal could sign contradictions.
/// </summary>
/// <param name="ChainId">The chain's name.</param>
/// <param name="GenesisHash">The hash of the chain's genesis.</param>
/// <param name="NodeKey">The node's Ed25519 public key.</param>
public sealed record JournalIdentity(string ChainId, Hash32 GenesisHash, PublicKey NodeKey);
