using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>What the ledger says of a closed epoch, as f + 1 validators report it.</summary>
/// <param name="Totals">Since genesis.</param>
/// <param name="Spot">How each zone's spot book cleared.</param>
/// <param name="Ahead">How each zone's forward book cleared, for one hour later.</param>
/// <param name="Line">What flowed to the south and what could; zeros when nothing flowed.</param>
/// <param name="FullFeeders">How many feeders carried all that they can.</param>
/// <param name="Contracts">What is to be delivered one hour later.</param>
internal sealed record EpochOutcome(
    MarketTotals Totals,
    IReadOnlyList<EpochResult> Spot,
    IReadOnlyList<EpochResult> Ahead,
    LineFlow Line,
    int FullFeeders,
    IReadOnlyList<Position> Contracts);
