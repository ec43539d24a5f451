using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Where a consensus machine stands, for operators.</summary>
/// <param name="Height">The height in progress.</param>
/// <param name="View">The attempt at it; under PoS its round.</param>
/// <param name="Leader">Who leads the current view; under PoS the proposer of the round.</param>
public readonly record struct ConsensusStatus(Height Height, View View, ValidatorIndex Leader)
{
    /// <summary>
    /// It may have forgotten promises, and votes when this height is decided: 0 while it is unknown, null if it votes.
    /// </summary>
    public Height? SilentUntil { get; init; }

    /// <summary>Also under PoW, where it keeps nobody from mining, and of one that is not in the set.</summary>
    public Doubt? Doubt { get; init; }
}
