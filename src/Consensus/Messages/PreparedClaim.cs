using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>What the sender of a view change says it prepared last.</summary>
public sealed record PreparedClaim(View View, Hash32 BlockHash);
