using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>One epoch: what the homes did, and what the ledger made of it.</summary>
/// <param name="Before">The totals when it opened.</param>
internal sealed record QuarterFigures(
    Moment Moment, IReadOnlyList<ZoneQuarter> Zones, MarketTotals Before, EpochOutcome Outcome)
{
    public long ConsumptionWh => (Outcome.Totals.Consumption - Before.Consumption).Wh;

    public long GenerationWh => (Outcome.Totals.Generation - Before.Generation).Wh;

    /// <summary>What the homes took from the grid: consumption beyond their own generation.</summary>
    public long ImportWh => ConsumptionWh - (Outcome.Totals.SelfConsumed - Before.SelfConsumed).Wh;

    /// <summary>What of it the utility supplied; also for sellers who did not deliver.</summary>
    public long FromUtilityWh => (Outcome.Totals.BoughtFromUtility - Before.BoughtFromUtility).Units
        / Grid.UnitsPerWattHour;

    /// <summary>What buyers paid beyond what sellers got, since a line was full.</summary>
    public long RentMicro => (Outcome.Totals.CongestionRent - Before.CongestionRent).Micro;

    /// <summary>What was lost on the way of what neighbours bought; the utility supplied it, too.</summary>
    public Grid Losses => Outcome.Totals.Losses - Before.Losses;

    /// <summary>What they paid for it.</summary>
    public long PaidForLossesMicro => (Outcome.Totals.PaidForLosses - Before.PaidForLosses).Micro;

    public long ToUtilityWh => (Outcome.Totals.SoldToUtility - Before.SoldToUtility).Units / Grid.UnitsPerWattHour;
}
