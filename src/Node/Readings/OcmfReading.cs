using System;

namespace EnergyNode.Node.Readings;

/// <summary>One reading of a record, OCMF table 7. What a reading leaves out it has from the one before.</summary>
/// <param name="TimeMillis">TM, since the Unix epoch; null when it is missing or no time.</param>
/// <param name="Clock">
/// Its state, OCMF table 19: U unknown, I informative, S synchronised, R relative to an informative begin.
/// </param>
/// <param name="Transaction">TX: what the reading means for a transaction; null without.</param>
/// <param name="Value">RV as it stands; null without.</param>
/// <param name="Register">RI, an OBIS code.</param>
/// <param name="Unit">RU.</param>
/// <param name="ErrorFlags">EF: E for energy, t for time.</param>
/// <param name="State">ST: G when the meter is well.</param>
internal sealed record OcmfReading(
    long? TimeMillis,
    char Clock,
    char? Transaction,
    string? Value,
    string Register,
    string Unit,
    string ErrorFlags,
    string State)
{
    private const int KilowattHourExponent = 9;

    /// <summary>The value is an energy, not the resistance of the cable.</summary>
    public bool IsEnergy => Unit is "kWh" or "Wh";

    /// <summary>
    /// The register counts what the charging point delivers: OBIS (IEC 62056-6-1) quantity 1, kind 8, whatever its
    /// medium, channel and tariff: <c>1-b:1.8.0</c>.
    /// </summary>
    public bool IsImport =>
        IsEnergy && Register[(Register.IndexOf(':') + 1)..].StartsWith("1.8.", StringComparison.Ordinal);

    /// <summary>The meter vouches for the energy.</summary>
    public bool IsGood => State is "G" && !ErrorFlags.Contains('E', StringComparison.Ordinal);

    /// <summary>RV in its unit, which is one of energy; null when there is none, or none that can be.</summary>
    public ExactEnergy? EnergyOf(out EnergyFault fault) => ExactEnergy.Parse(
        Value, Unit == "kWh" ? KilowattHourExponent : ExactEnergy.WattHourExponent, out fault);
}
