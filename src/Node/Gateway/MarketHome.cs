using EnergyNode.Ledger;

namespace EnergyNode.Node.Gateway;

/// <summary>A home's meter as the gateway stands for it.</summary>
/// <param name="Meter">Its name on the ledger; the same as in the readings.</param>
/// <param name="Account">Whose energy it measures.</param>
/// <param name="MeterKey">Signs its readings.</param>
public sealed record MarketHome(MeterId Meter, AccountId Account, ISigner MeterKey);
