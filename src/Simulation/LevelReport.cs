using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>How a cluster came together again.</summary>
/// <param name="HealedAt">When the network was healed, since the start.</param>
/// <param name="Took">From then until a new block was decided and all honest nodes had it; null when the next fault, or
/// the end, came first.</param>
public sealed record LevelReport(Duration HealedAt, Duration? Took);
