using System;
using System.Globalization;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>Times of files, in ms since the Unix epoch.</summary>
internal static class UtcTimestamp
{
    /// <summary>From 1970 up to, not including, 3000.</summary>
    public static bool IsInRange(long millis) => millis >= 0 && millis < MeteringLimits.EndOfTimeSeconds * 1_000;

    /// <summary>RFC 3339 in UTC; milliseconds only where there are some.</summary>
    public static string Format(long millis)
    {
        DateTime time = DateTime.UnixEpoch.AddMilliseconds(millis);
        string form = millis % 1_000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        return time.ToString(form, CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// OCMF, table 7: <c>2018-07-24T13:22:04,000+0200</c>. A point for the comma and a colon in the offset occur too
    /// and are taken.
    /// </summary>
    public static bool TryParseOcmf(string text, out long millis)
    {
        millis = 0;
        const int DateChars = 23;
        if (text.Length is not (DateChars + 5 or DateChars + 6) || text[DateChars] is not ('+' or '-'))
        {
            return false;
        }

        string offset = text[(DateChars + 1)..].Replace(":", "", StringComparison.Ordinal);
        if (offset.Length != 4 || (text.Length == DateChars + 6 && text[DateChars + 3] != ':')
            || !int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out int hoursMinutes)
            || hoursMinutes / 100 > 14 || hoursMinutes % 100 > 59
            || !DateTime.TryParseExact(
                text[..DateChars].Replace(',', '.'), "yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime local))
        {
            return false;
        }

        long offsetMillis = (((hoursMinutes / 100) * 60L) + (hoursMinutes % 100)) * 60_000;
        long localMillis = (local - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        millis = text[DateChars] == '+' ? localMillis - offsetMillis : localMillis + offsetMillis;
        return IsInRange(millis);
    }
}
