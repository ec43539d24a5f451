using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Where a chain stands: its last executed block, or genesis.</summary>
/// <param name="BlockHash">The genesis hash at height 0.</param>
/// <param name="Time">The block's time; genesis time at height 0.</param>
/// <param name="Proposer">Null at height 0.</param>
/// <param name="Sets">Who decides the next block, and later ones as far as it is known.</param>
public sealed record ChainHead(
    Height Height,
    Hash32 BlockHash,
    Instant Time,
    PublicKey? Proposer,
    SetForecast Sets,
    Hash32 StateRoot,
    Hash32 ReceiptsRoot)
{
    /// <summary>What makes the block final; null at height 0.</summary>
    public CommitCertificate? Certificate { get; init; }

    /// <summary>Who decides the next block.</summary>
    public ValidatorSet Validators => Sets.InForce;

    /// <summary>By which the next block is decided.</summary>
    public ConsensusRules Rules => Sets.Rules;

    /// <summary>Of the proof of work on the block; null when there is none.</summary>
    public Difficulty? Difficulty { get; init; }

    /// <summary>What a machine of proof of work begins with.</summary>
    public FinalBlock Final => new(Height, BlockHash, Time, Difficulty);
}
