using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// The bounds of metering input. A whole file's energy fits in a signed 64-bit integer:
/// 4,096 meters × 35,232 intervals × 10⁹ Wh &lt; 1.5 × 10¹⁷ Wh.
/// </summary>
public static class MeteringLimits
{
    /// <summary>A quarter of an hour: one market epoch.</summary>
    public const int IntervalSeconds = 900;

    /// <summary>An hour: the resolution of published tariffs.</summary>
    public const int TariffIntervalSeconds = 3_600;

    /// <summary>Rows after the header. A community of 57 homes for a year; about 80 bytes each once parsed.</summary>
    public const int MaxRows = 2_000_000;

    /// <summary>
    /// Bytes of one line without its end. The longest valid row has 97: 20 + 32 + 4 × 10 + 5 commas.
    /// </summary>
    public const int MaxLineBytes = 256;

    /// <summary>Bytes of one file: room for <see cref="MaxRows"/> rows of the longest valid kind.</summary>
    public const int MaxFileBytes = 268_435_456;

    /// <summary>Meters of one list or file.</summary>
    public const int MaxMeters = 4_096;

    /// <summary>From the first to the last interval of a stream: 367 days.</summary>
    public const int MaxIntervals = 367 * 96;

    /// <summary>3000-01-01T00:00:00Z: times are before it, and not before 1970.</summary>
    public const long EndOfTimeSeconds = 32_503_680_000;

    /// <summary>Energy of one interval: what one order can carry, so that every reading can be traded.</summary>
    public const long MaxReadingWattHours = 1_000_000_000;

    /// <summary>4 GW: four times <see cref="MaxReadingWattHours"/>, as an hour has four quarters.</summary>
    public const long MaxRatingWatts = 4_000_000_000;

    /// <summary>1,000 kg/kWh in mg/kWh: no plant emits a thousandth of it.</summary>
    public const long MaxCarbonMilligramsPerKwh = 1_000_000_000;

    /// <summary>Bytes of a meter id or an account name.</summary>
    public const int MaxNameBytes = Label.MaxLength;

    /// <summary>Errors listed for one file; then the reading stops.</summary>
    public const int MaxErrors = 20;

    /// <summary>Findings listed for each rule of a validation. All are counted.</summary>
    public const int MaxListedFindings = 1_000;
}
