using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>A meter of the community.</summary>
/// <param name="Meter">Its name in readings.</param>
/// <param name="Account">The name of the account that its energy belongs to.</param>
/// <param name="ImportRating">The most that the home can use.</param>
/// <param name="ExportRating">The most that its plant can make.</param>
public sealed record MeterConnection(MeterId Meter, string Account, Watts ImportRating, Watts ExportRating);
