using System.Collections.Generic;

namespace EnergyNode.Node.Readings;

/// <summary>The resources of a Green Button feed that readings depend on, in the order of the file.</summary>
internal sealed class GreenButtonFeed(ProblemList problems)
{
    public List<EspiMeterReading> MeterReadings { get; } = [];

    public List<EspiReadingType> ReadingTypes { get; } = [];

    public List<EspiBlock> Blocks { get; } = [];

    /// <summary>What was wrong with single elements.</summary>
    public ProblemList Problems { get; } = problems;

    /// <summary>ReadingQuality entries, by code.</summary>
    public SortedDictionary<int, long> Quality { get; } = [];
}
