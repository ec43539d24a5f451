using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>A person's word for one interval. It counts as an estimate (VEE-19), with quality 7.</summary>
public sealed record ManualEdit
{
    /// <param name="meter">Whose interval.</param>
    /// <param name="start">On the quarter of an hour.</param>
    /// <param name="consumptionWh">0 to <see cref="MeteringLimits.MaxReadingWattHours"/>.</param>
    /// <param name="generationWh">0 to <see cref="MeteringLimits.MaxReadingWattHours"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An energy is out of range.</exception>
    public ManualEdit(MeterId meter, Instant start, long consumptionWh, long generationWh)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(consumptionWh);
        ArgumentOutOfRangeException.ThrowIfNegative(generationWh);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(consumptionWh, MeteringLimits.MaxReadingWattHours);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(generationWh, MeteringLimits.MaxReadingWattHours);
        Meter = meter;
        Start = start;
        Consumption = new EstimatedEnergy(consumptionWh);
        Generation = new EstimatedEnergy(generationWh);
    }

    public MeterId Meter { get; }

    public Instant Start { get; }

    public EstimatedEnergy Consumption { get; }

    public EstimatedEnergy Generation { get; }
}
