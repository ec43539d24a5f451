using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>A reading of an epoch that is closed, which counts only as a correction of it (DEV-4).</summary>
/// <param name="Epoch">The closed epoch.</param>
/// <param name="Reading">What was measured.</param>
internal sealed record LateReading(EpochIndex Epoch, MeasuredReading Reading)
{
    public MeterEpoch Place => new(Reading.Meter, Epoch);

    /// <summary>Whether an epoch was settled by these values.</summary>
    public bool Agrees(in SettledMeter settled) =>
        settled.Consumption == Reading.Consumption && settled.Generation == Reading.Generation;

    /// <summary>
    /// VEE-22: a share of what a register counted stands in for silence only, never for what was measured.
    /// </summary>
    public bool MayCorrect(in SettledMeter settled) => Reading.Quality != ReadingQuality.Interpolated
        || (settled.Version == 0 && settled.Consumption == WattHours.Zero && settled.Generation == WattHours.Zero);

    /// <param name="chain">The chain to sign for.</param>
    /// <param name="version">The higher one prevails (DEV-6).</param>
    /// <param name="meterKey">The key registered for the meter.</param>
    public Command.CorrectReading ToCorrection(ChainId chain, long version, ISigner meterKey) =>
        new(ReadingCorrection.Sign(
            chain, Reading.Meter, Epoch, version, Reading.Consumption, Reading.Generation, meterKey));
}
