using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// VEE-19: energy that a meter measured and no rule refutes. Only the validation makes one, from the sample itself, and
/// it is the only thing of the validation that can be signed and so reach the ledger. VEE-22: where a register counted
/// over several intervals it may be a share of that, of consumption only, so that nothing is minted on it.
/// </summary>
public sealed class MeasuredReading
{
    internal MeasuredReading(in MeterSample sample, Instant start, ReadingQuality quality)
    {
        Meter = sample.Meter;
        Start = start;
        Consumption = sample.Consumption;
        Generation = sample.Generation;
        Quality = quality;
    }

    public MeterId Meter { get; }

    /// <summary>On the quarter of an hour.</summary>
    public Instant Start { get; }

    public WattHours Consumption { get; }

    public WattHours Generation { get; }

    /// <summary>Valid, questionable, or interpolated: then there is no generation.</summary>
    public ReadingQuality Quality { get; }

    /// <summary>Makes the ledger's reading of it.</summary>
    /// <param name="chain">The chain to sign for.</param>
    /// <param name="meterKey">The key registered for the meter, held by it or by its gateway.</param>
    public MeterReading Sign(ChainId chain, ISigner meterKey) =>
        MeterReading.Sign(chain, Meter, Start, Consumption, Generation, meterKey);
}
