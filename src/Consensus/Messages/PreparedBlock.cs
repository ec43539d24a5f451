using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>A block that a quorum prepared, with the prepares.</summary>
public sealed record PreparedBlock(PreparedCertificate Certificate, Block Block)
{
    /// <summary>What a view change says of it in its statement.</summary>
    public PreparedClaim Claim => new(Certificate.View, Certificate.BlockHash);
}
