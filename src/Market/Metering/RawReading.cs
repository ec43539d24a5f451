using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>What one meter measured in one quarter of an hour.</summary>
/// <param name="Line">The line of the file it came from, 1 being the header; 0 when it came otherwise.</param>
/// <param name="Start">The start of the interval, a multiple of 900 s.</param>
/// <param name="Meter">The meter.</param>
/// <param name="Consumption">What the home used.</param>
/// <param name="Generation">What its plant made.</param>
/// <param name="Import">What it took from the grid, as the source states it.</param>
/// <param name="Export">What it gave to the grid, as the source states it.</param>
public readonly record struct RawReading(
    int Line,
    Instant Start,
    MeterId Meter,
    WattHours Consumption,
    WattHours Generation,
    WattHours Import,
    WattHours Export);
