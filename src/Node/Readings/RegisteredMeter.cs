using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>A meter as the ledger knows it.</summary>
/// <param name="Key">Signs its readings.</param>
/// <param name="ImportRating">The most that the home can use.</param>
/// <param name="ExportRating">The most that its plant can make.</param>
/// <param name="ReadFor">The epoch of its last reading.</param>
internal readonly record struct RegisteredMeter(
    PublicKey Key, Watts ImportRating, Watts ExportRating, EpochIndex ReadFor);
