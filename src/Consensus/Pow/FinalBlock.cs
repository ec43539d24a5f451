using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>A block that is final, as far as the next one depends on it.</summary>
/// <param name="Hash">The genesis hash at height 0.</param>
/// <param name="Difficulty">Null when it was not mined: genesis, or another protocol decided it.</param>
public readonly record struct FinalBlock(Height Height, Hash32 Hash, Instant Time, Difficulty? Difficulty)
{
    public static FinalBlock Of(Decision decision) => new(
        decision.Block.Height,
        decision.Block.Hash,
        decision.Block.Header.Time,
        (decision.Certificate as WorkCertificate)?.Seal.Difficulty);
}
