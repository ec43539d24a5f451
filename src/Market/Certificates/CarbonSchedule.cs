using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Certificates;

/// <summary>How much CO₂ equivalent the grid's energy stands for, by the hour.</summary>
public sealed class CarbonSchedule
{
    private readonly Dictionary<Instant, long> _milligramsPerKwh;

    /// <param name="hours">Full hours, none twice, with mg per kWh; hours may be left out.</param>
    public CarbonSchedule(IEnumerable<KeyValuePair<Instant, long>> hours)
    {
        _milligramsPerKwh = new Dictionary<Instant, long>(hours);
    }

    /// <returns>mg per kWh; null when the file leaves the hour out.</returns>
    public long? At(Instant hour) => _milligramsPerKwh.TryGetValue(hour, out long carbon) ? carbon : null;
}
