using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>A justification and the block that it binds the leader to; no block: the leader is free.</summary>
internal sealed record NewViewProof(NewView Justification, Block? Block);
