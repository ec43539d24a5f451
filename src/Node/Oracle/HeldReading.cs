using System.Collections.Generic;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Oracle;

/// <summary>A reading that waits for its epoch or for the ledger, and who waits for it.</summary>
internal sealed class HeldReading(MeasuredReading reading)
{
    public MeasuredReading Reading { get; } = reading;

    public List<(Delivery Delivery, MeterSample Sample)> Waiters { get; } = [];

    /// <summary>Whether another sample says the same.</summary>
    public bool Agrees(in MeterSample sample) =>
        sample.Consumption == Reading.Consumption && sample.Generation == Reading.Generation;
}
