using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Certificates;

/// <summary>One hour of a matching report (REC-8 to REC-10).</summary>
/// <param name="Start">A full hour, UTC.</param>
/// <param name="Consumption">What the account's meters measured.</param>
/// <param name="Retired">Certificates of energy generated in this hour that were retired for the account.</param>
/// <param name="Matched">Never more than either.</param>
/// <param name="Unread">Meters × epochs that no reading came for: they count as zero.</param>
/// <param name="CarbonMilligramsPerKwh">Of the grid in this hour; null where nobody asked.</param>
public sealed record MatchedHour(
    Instant Start,
    WattHours Consumption,
    WattHours Retired,
    WattHours Matched,
    int Unread,
    long? CarbonMilligramsPerKwh)
{
    public WattHours Unmatched => Consumption - Matched;

    /// <summary>Retired, but not for consumption of this hour.</summary>
    public WattHours Surplus => Retired - Matched;

    /// <summary>µg of CO₂ equivalent, exactly: 1 Wh × 1 mg/kWh = 1 µg.</summary>
    public Int128 AvoidedMicrograms => (Int128)Matched.Wh * (CarbonMilligramsPerKwh ?? 0);

    /// <summary>µg of CO₂ equivalent of what is not matched.</summary>
    public Int128 ResidualMicrograms => (Int128)Unmatched.Wh * (CarbonMilligramsPerKwh ?? 0);
}
