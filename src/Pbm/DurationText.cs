using System;
using System.Globalization;

namespace EnergyNode.Pbm;

/// <summary>Durations as operators type and read them: <c>500ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>.</summary>
internal static class DurationText
{
    /// <summary>A number without a unit is seconds. Null for anything else, zero and negatives included.</summary>
    public static TimeSpan? Parse(string text, TimeSpan longest)
    {
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        double unitSeconds = text[digits..] switch
        {
            "ms" => 0.001,
            "" or "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => 0,
        };
        bool number = double.TryParse(
            text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
        double seconds = count * unitSeconds;
        return number && seconds >= 0.001 && seconds <= longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Two units at most, rounded down: <c>3d4h</c>, <c>12m5s</c>, <c>1.250s</c>, <c>830µs</c>.</summary>
    public static string FromMicros(long micros)
    {
        if (micros < 0)
        {
            // Negating the least long would overflow; its value plus one differs by a microsecond in 292,000 years.
            return "-" + FromMicros(-Math.Max(micros, -long.MaxValue));
        }

        long seconds = micros / 1_000_000;
        FormattableString text = micros switch
        {
            < 1_000 => $"{micros}µs",
            < 1_000_000 => $"{micros / 1_000}ms",
            < 60_000_000 => $"{seconds}.{micros / 1_000 % 1_000:D3}s",
            < 3_600_000_000 => $"{seconds / 60}m{seconds % 60}s",
            < 86_400_000_000 => $"{seconds / 3_600}h{seconds / 60 % 60}m",
            _ => $"{seconds / 86_400}d{seconds / 3_600 % 24}h",
        };
        return text.ToString(CultureInfo.InvariantCulture);
    }
}
