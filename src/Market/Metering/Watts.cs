using System.Globalization;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>Power in whole watts: the size of a connection.</summary>
public readonly record struct Watts(long W)
{
    private const long IntervalsPerHour = 4;

    /// <summary>The energy of a quarter of an hour at this power, rounded down to a Wh.</summary>
    public WattHours PerInterval => new(W / IntervalsPerHour);

    public override string ToString() => W.ToString(CultureInfo.InvariantCulture) + "W";
}
