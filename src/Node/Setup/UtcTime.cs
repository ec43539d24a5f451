using System;
using System.Globalization;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>Times as <c>2016-08-01T08:00:00Z</c>, with up to six decimals of a second (RFC 3339 §5.6).</summary>
public static class UtcTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    public static bool TryParse(string text, out Instant instant)
    {
        bool valid = DateTime.TryParseExact(
            text,
            Form,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime time);
        instant = valid ? Of(new DateTimeOffset(time)) : default;
        return valid;
    }

    /// <param name="instant">In the years 1 … 9999.</param>
    public static string Render(Instant instant) => DateTime.UnixEpoch
        .AddTicks(instant.Micros * TimeSpan.TicksPerMicrosecond)
        .ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Rounded down to a µs.</summary>
    public static Instant Of(DateTimeOffset time) =>
        new((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
}
