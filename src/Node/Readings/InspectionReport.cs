using System;
using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Readings;

/// <summary>What an inspection found in one file.</summary>
internal sealed class InspectionReport(ReadingFormat format)
{
    private long? _intervalSeconds;
    private bool _intervalsDiffer;

    public ReadingFormat Format { get; } = format;

    /// <summary>Different meters with readings.</summary>
    public int Meters { get; set; }

    /// <summary>Readings in the file, those that break a rule included.</summary>
    public long Readings { get; set; }

    /// <summary>The energy of the readings that can be used.</summary>
    public ExactEnergy Sum { get; set; }

    /// <summary>The earliest start, ms since the Unix epoch.</summary>
    public long? FirstStartMillis { get; private set; }

    /// <summary>The latest end, ms since the Unix epoch.</summary>
    public long? LastEndMillis { get; private set; }

    /// <summary>The length that all intervals have; null when they differ or there are none.</summary>
    public long? IntervalSeconds => _intervalsDiffer ? null : _intervalSeconds;

    /// <summary>How many readings carry each quality code of ESPI.</summary>
    public SortedDictionary<int, long> Quality { get; } = [];

    /// <summary>In the order of the file.</summary>
    public List<SignatureVerdict> Signatures { get; } = [];

    public ProblemList Problems { get; } = new();

    /// <summary>More about the file in words, for the text output: a name and a value each.</summary>
    public List<(string Name, string Value)> Details { get; } = [];

    public bool IsGood => Problems.IsEmpty && Signatures.All(static signature => signature.Valid);

    public void CountQuality(int code, long readings = 1)
    {
        if (readings > 0)
        {
            Quality[code] = (Quality.TryGetValue(code, out long before) ? before : 0) + readings;
        }
    }

    public void Span(long startMillis, long endMillis)
    {
        FirstStartMillis = Math.Min(FirstStartMillis ?? startMillis, startMillis);
        LastEndMillis = Math.Max(LastEndMillis ?? endMillis, endMillis);
    }

    public void Interval(long seconds)
    {
        _intervalsDiffer |= _intervalSeconds is { } known && known != seconds;
        _intervalSeconds = seconds;
    }
}
