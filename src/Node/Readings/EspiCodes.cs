using System.Globalization;

namespace EnergyNode.Node.Readings;

/// <summary>Codes of the NAESB ESPI schema (REQ.21) that decide what a reading means.</summary>
internal static class EspiCodes
{
    public const long WattHours = 72;
    public const int QualityValid = 0;
    public const int QualityQuestionable = 10;

    private const int FirstQuality = 7;
    private const int LastQuality = 19;

    /// <summary>QualityOfReading: 0, and 7 to 19.</summary>
    public static bool IsQuality(long code) => code is QualityValid or (>= FirstQuality and <= LastQuality);

    /// <summary>UnitMultiplierKind: pico to tera.</summary>
    public static bool IsMultiplier(long exponent) =>
        exponent is -12 or -9 or -6 or (>= -3 and <= 3) or 6 or 9 or 12;

    /// <summary>AccumulationKind: energy of the interval is deltaData; none (0) is taken for it.</summary>
    public static bool IsDelta(long? accumulation) => accumulation is null or 0 or 4;

    /// <summary>FlowDirectionKind: net and the differences of quadrants may be negative.</summary>
    public static bool MayBeNegative(long? flowDirection) => flowDirection is 4 or 9 or 12 or 14;

    public static string QualityName(int code) => code switch
    {
        0 => "valid",
        7 => "manually edited",
        8 => "estimated from a reference day",
        9 => "interpolated",
        10 => "questionable",
        11 => "derived",
        12 => "projected",
        13 => "mixed",
        14 => "raw",
        15 => "normalised for weather",
        16 => "other",
        17 => "validated",
        18 => "verified",
        19 => "revenue quality",
        _ => "code " + code.ToString(CultureInfo.InvariantCulture),
    };

    public static string AccumulationName(long code) => code switch
    {
        1 => "bulkQuantity",
        2 => "continuousCumulative",
        3 => "cumulative",
        6 => "indicating",
        9 => "summation",
        10 => "timeDelay",
        12 => "instantaneous",
        13 => "latchingQuantity",
        14 => "boundedQuantity",
        _ => "unknown",
    };

    /// <summary>UnitSymbolKind, those that meters of electricity, gas, water and heat use.</summary>
    public static string UnitName(long code) => code switch
    {
        5 => "A",
        29 => "V",
        31 => "J",
        33 => "Hz",
        38 => "W",
        42 => "m³",
        61 => "VA",
        63 => "VAr",
        65 => "cosTheta",
        71 => "VAh",
        72 => "Wh",
        73 => "VArh",
        106 => "Ah",
        111 => "count",
        119 => "ft³",
        125 => "m³/h",
        128 => "US gal",
        132 => "BTU",
        133 => "BTU/h",
        134 => "litre",
        169 => "therm",
        _ => "no unit of energy",
    };
}
