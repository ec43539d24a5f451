using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

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
    ValidationReport Report);
