using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>The readings of a file that passed as a whole.</summary>
/// <param name="Readings">In the order of the file, at least one, no (meter, interval) twice.</param>
/// <param name="FirstStart">The earliest interval.</param>
/// <param name="LastStart">The latest interval.</param>
/// <param name="Meters">The meters that occur, sorted.</param>
public sealed record ReadingFile(
    IReadOnlyList<RawReading> Readings, Instant FirstStart, Instant LastStart, IReadOnlyList<MeterId> Meters);
