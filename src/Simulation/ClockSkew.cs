using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>How wrong a node's clock is.</summary>
/// <param name="Offset">Positive: it is ahead.</param>
/// <param name="DriftPpm">Microseconds gained in each second.</param>
public readonly record struct ClockSkew(Duration Offset, int DriftPpm);
