namespace EnergyNode.Node.Readings;

/// <summary>An ESPI ReadingType: what the values of readings mean. What the file does not state is null.</summary>
internal sealed class EspiReadingType(int line)
{
    public int Line { get; } = line;

    public EspiLinks Links { get; set; } = EspiLinks.None;

    /// <summary>UnitSymbolKind.</summary>
    public long? Unit { get; set; }

    /// <summary>UnitMultiplierKind.</summary>
    public long? PowerOfTenMultiplier { get; set; }

    /// <summary>AccumulationKind.</summary>
    public long? Accumulation { get; set; }

    /// <summary>FlowDirectionKind.</summary>
    public long? FlowDirection { get; set; }

    public long? IntervalLengthSeconds { get; set; }

    /// <summary>QualityOfReading of readings that state none.</summary>
    public long? DefaultQuality { get; set; }
}
