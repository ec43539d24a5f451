using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>One hour of the tariff.</summary>
/// <param name="Start">A full hour.</param>
/// <param name="RetailPrice">What the utility charges.</param>
/// <param name="CarbonMilligramsPerKwh">CO₂ equivalent of the grid's energy, mg per kWh.</param>
public readonly record struct TariffHour(Instant Start, Price RetailPrice, long CarbonMilligramsPerKwh);
