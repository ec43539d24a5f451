using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Load;

/// <summary>Where a load test stands at one moment.</summary>
/// <param name="Timestamp">Of the clock that measures.</param>
/// <param name="Gateway">Processor time of this process.</param>
/// <param name="Totals">As f + 1 validators report it.</param>
/// <param name="Works">Of each validator: µs by what they were spent on.</param>
internal sealed record LoadSnapshot(
    long Timestamp,
    MachineTime Machine,
    TimeSpan Gateway,
    Height Height,
    MarketTotals Totals,
    IReadOnlyList<IReadOnlyList<KeyValuePair<string, long>>> Works);
