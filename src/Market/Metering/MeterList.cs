using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>The meters of the community, each once, sorted by id.</summary>
public sealed class MeterList
{
    private readonly MeterConnection[] _sorted;

    /// <param name="connections">Distinct meters in any order, at most <see cref="MeteringLimits.MaxMeters"/>.</param>
    public MeterList(IReadOnlyCollection<MeterConnection> connections)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(connections.Count, MeteringLimits.MaxMeters);
        _sorted = [.. connections];
        Array.Sort(_sorted, static (left, right) => left.Meter.CompareTo(right.Meter));
        for (int at = 1; at < _sorted.Length; at++)
        {
            if (_sorted[at].Meter == _sorted[at - 1].Meter)
            {
                throw new ArgumentException($"Meter {_sorted[at].Meter} is listed twice.", nameof(connections));
            }
        }
    }

    public int Count => _sorted.Length;

    public MeterConnection this[int index] => _sorted[index];

    public IReadOnlyList<MeterConnection> Connections => _sorted;

    /// <returns>The meter's place in the sorted list, or −1.</returns>
    public int IndexOf(MeterId meter)
    {
        int low = 0;
        int high = _sorted.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = _sorted[middle].Meter.CompareTo(meter);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
