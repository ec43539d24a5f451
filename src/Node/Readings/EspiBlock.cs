using System.Collections.Generic;

namespace EnergyNode.Node.Readings;

/// <summary>One IntervalBlock of ESPI.</summary>
internal sealed class EspiBlock(int line)
{
    public int Line { get; } = line;

    /// <summary>Seconds since the Unix epoch; null when the block does not say.</summary>
    public long? StartSeconds { get; set; }

    public long? DurationSeconds { get; set; }

    /// <summary>Null when the block does not state its interval.</summary>
    public long? EndSeconds => StartSeconds + DurationSeconds;

    /// <summary>Readings that can be placed and have a value.</summary>
    public List<EspiReading> Readings { get; } = [];

    /// <summary>All readings, those that cannot be used included.</summary>
    public int Count { get; set; }

    /// <summary>Readings that state no quality: their type's default applies.</summary>
    public int WithoutQuality { get; set; }

    /// <summary>The links of the block's entry.</summary>
    public EspiLinks Links { get; set; } = EspiLinks.None;

    /// <summary>The entry of a MeterReading that stands last before the block; null when there is none.</summary>
    public EspiMeterReading? Preceding { get; set; }
}
