using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Where a consensus machine stands, for operators.</summary>
/// <param name="Height">The height in progress.</param>
/// <param name="Leader">Who leads the current view.</param>
public readonly record struct ConsensusStatus(Height Height, View View, ValidatorIndex Leader);
