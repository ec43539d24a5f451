using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>The tariff by the hour (METER-3).</summary>
public sealed class TariffSchedule
{
    private static readonly Duration Hour = Duration.FromSeconds(MeteringLimits.TariffIntervalSeconds);

    private readonly TariffHour[] _hours;

    /// <param name="hours">At least one, in ascending order, none twice; hours may be left out.</param>
    public TariffSchedule(IReadOnlyCollection<TariffHour> hours)
    {
        ArgumentOutOfRangeException.ThrowIfZero(hours.Count);
        _hours = [.. hours];
        for (int at = 1; at < _hours.Length; at++)
        {
            if (_hours[at].Start.Since(_hours[at - 1].Start).Micros < Hour.Micros)
            {
                throw new ArgumentException("The hours are not in ascending order.", nameof(hours));
            }
        }
    }

    public IReadOnlyList<TariffHour> Hours => _hours;

    /// <summary>The retail price of the hour that contains the instant.</summary>
    public TariffRefusal PriceAt(Instant instant, out Price price)
    {
        TariffRefusal refusal = HourAt(instant, out TariffHour hour);
        price = hour.RetailPrice;
        return refusal;
    }

    /// <summary>The hour that contains the instant: start ≤ instant &lt; start + 1 h.</summary>
    public TariffRefusal HourAt(Instant instant, out TariffHour hour)
    {
        hour = default;
        if (instant < _hours[0].Start)
        {
            return TariffRefusal.BeforeSchedule;
        }

        int low = 0;
        int high = _hours.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            (low, high) = _hours[middle].Start <= instant ? (middle, high) : (low, middle - 1);
        }

        if (instant.Since(_hours[low].Start).Micros >= Hour.Micros)
        {
            return low == _hours.Length - 1 ? TariffRefusal.AfterSchedule : TariffRefusal.HourMissing;
        }

        hour = _hours[low];
        return TariffRefusal.None;
    }
}
