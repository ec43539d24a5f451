using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Readings;

namespace EnergyNode.Node.Oracle;

/// <summary>What goes to the ledger next.</summary>
/// <param name="Readings">Of one epoch, sorted by meter.</param>
/// <param name="Corrections">
/// Of closed epochs; with the readings at most <see cref="SubmitPlan.ReadingsPerBatch"/>.
/// </param>
/// <param name="Close">The epoch to close after them; null when more of it may come.</param>
internal sealed record OracleBatch(
    IReadOnlyList<MeasuredReading> Readings, IReadOnlyList<LateReading> Corrections, EpochIndex? Close);
