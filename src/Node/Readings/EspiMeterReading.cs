namespace EnergyNode.Node.Readings;

/// <summary>The entry of an ESPI MeterReading: it ties blocks to the type of their readings.</summary>
internal sealed class EspiMeterReading(int line)
{
    public int Line { get; } = line;

    public EspiLinks Links { get; set; } = EspiLinks.None;
}
