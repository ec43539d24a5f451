using System.Globalization;

namespace EnergyNode.Market.Metering;

/// <summary>
/// VEE-19: energy that nobody measured. It is no <c>WattHours</c> and converts to none, so that no signature, command
/// or token can be made of it; it can be looked at only.
/// </summary>
public readonly record struct EstimatedEnergy
{
    internal EstimatedEnergy(long wattHours)
    {
        ForDisplayWh = wattHours;
    }

    /// <summary>For reports, in whole Wh.</summary>
    public long ForDisplayWh { get; }

    public override string ToString() => ForDisplayWh.ToString(CultureInfo.InvariantCulture) + "Wh (estimated)";
}
