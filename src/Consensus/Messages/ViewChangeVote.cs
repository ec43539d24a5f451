using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>One view change inside a <see cref="NewViewProof"/>: the signature is that of the message itself.</summary>
/// <param name="Height">The first height that the signer did not know to be decided.</param>
/// <param name="Prepared">What it had prepared from that height on; the last one is not null.</param>
public sealed record ViewChangeVote(
    ValidatorIndex Signer, Height Height, IReadOnlyList<PreparedClaim?> Prepared, Signature Signature)
{
    /// <summary>What the signer had prepared at a height; null for nothing.</summary>
    public PreparedClaim? ClaimAt(Height height)
    {
        long at = height.Value - Height.Value;
        return at >= 0 && at < Prepared.Count ? Prepared[(int)at] : null;
    }
}
