using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>A block with the certificate that makes it final.</summary>
public sealed record Decision(Block Block, CommitCertificate Certificate);
