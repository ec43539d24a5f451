using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>What could be read of a file that may have errors.</summary>
/// <param name="Opened">False when size or header refuse the whole file; the first error says why.</param>
/// <param name="Readings">The rows without an error, in the order of the file.</param>
/// <param name="Meters">The meters that occur, sorted.</param>
/// <param name="Errors">In the order of the file.</param>
public sealed record ReadingSurvey(
    bool Opened,
    IReadOnlyList<RawReading> Readings,
    IReadOnlyList<MeterId> Meters,
    IReadOnlyList<InputError> Errors);
