using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// VEE-19: what stands in for a reading that is missing or cannot be true. It cannot be signed: only a
/// <see cref="MeasuredReading"/> can.
/// </summary>
public sealed record EstimatedReading
{
    internal EstimatedReading(
        MeterId meter, Instant start, EstimatedEnergy consumption, EstimatedEnergy generation, ReadingQuality quality)
    {
        Meter = meter;
        Start = start;
        Consumption = consumption;
        Generation = generation;
        Quality = quality;
    }

    public MeterId Meter { get; }

    public Instant Start { get; }

    public EstimatedEnergy Consumption { get; }

    public EstimatedEnergy Generation { get; }

    /// <summary>Manual, reference day, interpolated or derived.</summary>
    public ReadingQuality Quality { get; }
}
