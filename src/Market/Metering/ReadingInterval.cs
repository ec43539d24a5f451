using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>The released readings of one quarter of an hour.</summary>
/// <param name="Start">The interval.</param>
/// <param name="Readings">Sorted by meter, each meter at most once; may be empty.</param>
public sealed record ReadingInterval(Instant Start, IReadOnlyList<RawReading> Readings);
