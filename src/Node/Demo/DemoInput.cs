using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Neighbours;

namespace EnergyNode.Node.Demo;

/// <summary>Everything that is read before anything starts; checked as a whole.</summary>
/// <param name="Meters">The community's meters.</param>
/// <param name="Intervals">One for each epoch, without a hole.</param>
/// <param name="Tariff">Has a price for each interval.</param>
/// <param name="FirstRetail">The price of the first interval.</param>
/// <param name="Report">What was quarantined or flagged.</param>
internal sealed record DemoInput(
    MeterList Meters,
    IReadOnlyList<ReadingInterval> Intervals,
    TariffSchedule Tariff,
    Price FirstRetail,
    ValidationReport Report)
{
    /// <summary>Null when only recorded homes take part.</summary>
    public Neighbourhood? Neighbourhood { get; init; }

    /// <summary>What the ledger has counted when all was sent.</summary>
    public long ExpectedReadings => Report.Released + ((long)(Neighbourhood?.Drawn ?? 0) * Intervals.Count);
}
