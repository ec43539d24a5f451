namespace EnergyNode.Node.Readings;

/// <summary>One reading of a record, OCMF table 7. What a reading leaves out it has from the one before.</summary>
/// <param name="TimeMillis">TM, since the Unix epoch; null when it is missing or no time.</param>
/// <param name="Transaction">TX: what the reading means for a transaction; null without.</param>
/// <param name="Value">RV as it stands; null without.</param>
/// <param name="Register">RI, an OBIS code.</param>
/// <param name="Unit">RU.</param>
/// <param name="ErrorFlags">EF: E for energy, t for time.</param>
/// <param name="State">ST: G when the meter is well.</param>
internal sealed record OcmfReading(
    long? TimeMillis,
    char? Transaction,
    string? Value,
    string Register,
    string Unit,
    string ErrorFlags,
    string State)
{
    /// <summary>The meter vouches for the energy.</summary>
    public bool IsGood => State is "G" && !ErrorFlags.Contains('E', System.StringComparison.Ordinal);
}
