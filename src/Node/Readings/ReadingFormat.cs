namespace EnergyNode.Node.Readings;

/// <summary>The forms in which readings come.</summary>
internal enum ReadingFormat
{
    /// <summary>The rows of <see cref="EnergyNode.Market.Metering.ReadingFileParser"/>.</summary>
    Csv,

    /// <summary>Green Button: an Atom feed of NAESB ESPI resources.</summary>
    GreenButton,

    /// <summary>Open Charge Metering Format, bare or in the container of the transparency software.</summary>
    Ocmf,
}
