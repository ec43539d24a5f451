using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// What a meter delivered, before any rule: energies may be negative and too large, the time may be off the grid.
/// VEE-20 keeps it beside whatever becomes of it.
/// </summary>
/// <param name="Line">Its line in the file; 0 when it came otherwise.</param>
/// <param name="Stamp">The start of the interval by the meter's clock.</param>
/// <param name="Meter">The meter.</param>
/// <param name="Consumption">What the home used in the interval.</param>
/// <param name="Generation">What its plant made in the interval.</param>
/// <param name="Import">What it took from the grid, as the source states it.</param>
/// <param name="Export">What it gave to the grid, as the source states it.</param>
/// <param name="ConsumptionRegister">The count of all consumption at the interval's end; null when not read.</param>
/// <param name="GenerationRegister">The count of all generation at the interval's end; null when not read.</param>
/// <param name="Stated">
/// What the source thinks of it: valid, questionable, or interpolated, a share of what a register counted (VEE-22).
/// </param>
/// <param name="IsCounted">The consumption is the difference of two counts of a register, so it is no spike.</param>
public readonly record struct MeterSample(
    int Line,
    Instant Stamp,
    MeterId Meter,
    WattHours Consumption,
    WattHours Generation,
    WattHours Import,
    WattHours Export,
    WattHours? ConsumptionRegister = null,
    WattHours? GenerationRegister = null,
    ReadingQuality Stated = ReadingQuality.Valid,
    bool IsCounted = false);
