using System.Globalization;

namespace EnergyNode.Ledger;

/// <summary>A length of time in µs.</summary>
public readonly record struct Duration(long Micros)
{
    public static Duration FromMillis(long millis) => new(millis * 1_000);

    public static Duration FromSeconds(long seconds) => new(seconds * Instant.MicrosPerSecond);

    public override string ToString() => Micros.ToString(CultureInfo.InvariantCulture) + "µs";
}
