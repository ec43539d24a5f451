using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Oracle;

/// <summary>A reading of an epoch that is closed, which counts only as a correction of it (DEV-4).</summary>
/// <param name="Epoch">The closed epoch.</param>
/// <param name="Reading">What was measured.</param>
internal sealed record LateReading(EpochIndex Epoch, MeasuredReading Reading);
