using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// What the recorded meters measured, quarter by quarter. A quarter without a reading repeats the one before. Past its
/// end the recording begins anew.
/// </summary>
internal sealed class RecordedProfiles
{
    private readonly RawReading[][] _readings;

    /// <param name="meters">Sorted; their places are the meters' numbers.</param>
    /// <param name="intervals">All that was recorded, at least one.</param>
    public RecordedProfiles(MeterList meters, IReadOnlyList<ReadingInterval> intervals)
    {
        Meters = meters;
        Start = intervals[0].Start;
        _readings = new RawReading[intervals.Count][];
        RawReading[] last = new RawReading[meters.Count];
        for (int at = 0; at < intervals.Count; at++)
        {
            foreach (RawReading reading in intervals[at].Readings)
            {
                last[meters.IndexOf(reading.Meter)] = reading;
            }

            _readings[at] = [.. last];
        }
    }

    public MeterList Meters { get; }

    /// <summary>Of the first quarter.</summary>
    public Instant Start { get; }

    public int Quarters => _readings.Length;

    /// <param name="meter">0 … number of meters − 1.</param>
    /// <param name="quarter">From 0.</param>
    public WattHours Load(int meter, int quarter) => _readings[quarter % Quarters][meter].Consumption;

    /// <inheritdoc cref="Load"/>
    public WattHours Sun(int meter, int quarter) => _readings[quarter % Quarters][meter].Generation;
}
