using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>The samples of a file whose form is right; whether they are true is for <see cref="VeeEngine"/>.</summary>
/// <param name="Samples">In the order of the file, at least one.</param>
/// <param name="First">The earliest interval.</param>
/// <param name="Last">The latest interval.</param>
/// <param name="Meters">The meters that occur, sorted.</param>
public sealed record SampleFile(
    IReadOnlyList<MeterSample> Samples, Instant First, Instant Last, IReadOnlyList<MeterId> Meters);
