using System;
using System.Globalization;

namespace EnergyNode.Actors.Configuration;

/// <summary>Durations and sizes: a number, optional space, a unit.</summary>
public static class HoconUnits
{
    private const decimal NanosPerTick = 100m;

    /// <returns>False when the unit is unknown or absent, or the value negative, too long or below 100 ns.</returns>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (!TrySplit(text, out decimal number, out string unit))
        {
            return false;
        }

        decimal nanosPerUnit = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 1m,
            "us" or "µs" or "micro" or "micros" or "microsecond" or "microseconds" => 1_000m,
            "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => 1_000_000m,
            "s" or "second" or "seconds" => 1_000_000_000m,
            "m" or "minute" or "minutes" => 60_000_000_000m,
            "h" or "hour" or "hours" => 3_600_000_000_000m,
            "d" or "day" or "days" => 86_400_000_000_000m,
            _ => 0m,
        };
        if (nanosPerUnit == 0m || number > long.MaxValue / nanosPerUnit)
        {
            return false;
        }

        decimal ticks = number * nanosPerUnit / NanosPerTick;
        if (ticks != decimal.Truncate(ticks))
        {
            return false;
        }

        duration = new TimeSpan((long)ticks);
        return true;
    }

    /// <returns>False when the unit is unknown, or the size negative, too large or no whole number of bytes.</returns>
    public static bool TryParseSize(string text, out long bytes)
    {
        bytes = 0;
        if (!TrySplit(text, out decimal number, out string unit))
        {
            return false;
        }

        decimal bytesPerUnit = unit switch
        {
            "" or "B" or "b" or "byte" or "bytes" => 1m,
            "kB" or "KB" or "kilobyte" or "kilobytes" => 1_000m,
            "MB" or "megabyte" or "megabytes" => 1_000_000m,
            "GB" or "gigabyte" or "gigabytes" => 1_000_000_000m,
            "TB" or "terabyte" or "terabytes" => 1_000_000_000_000m,
            "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
            "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
            "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
            "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
            _ => 0m,
        };
        if (bytesPerUnit == 0m || number > long.MaxValue / bytesPerUnit)
        {
            return false;
        }

        decimal exact = number * bytesPerUnit;
        if (exact != decimal.Truncate(exact))
        {
            return false;
        }

        bytes = (long)exact;
        return true;
    }

    /// <summary>The largest unit that needs no fraction: <c>1500ms</c>, <c>2s</c>, <c>15m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        long ticks = duration.Ticks;
        (long Ticks, string Unit)[] units =
        [
            (TimeSpan.TicksPerDay, "d"), (TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "m"),
            (TimeSpan.TicksPerSecond, "s"), (TimeSpan.TicksPerMillisecond, "ms"), (TimeSpan.TicksPerMicrosecond, "us"),
        ];
        foreach ((long perUnit, string unit) in units)
        {
            if (ticks != 0 && ticks % perUnit == 0)
            {
                return (ticks / perUnit).ToString(CultureInfo.InvariantCulture) + unit;
            }
        }

        return ticks == 0 ? "0s" : (ticks * 100).ToString(CultureInfo.InvariantCulture) + "ns";
    }

    /// <summary>The largest binary unit that needs no fraction: <c>64MiB</c>, <c>100B</c>.</summary>
    public static string FormatSize(long bytes)
    {
        (int Shift, string Unit)[] units = [(40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")];
        foreach ((int shift, string unit) in units)
        {
            if (bytes != 0 && bytes % (1L << shift) == 0)
            {
                return (bytes >> shift).ToString(CultureInfo.InvariantCulture) + unit;
            }
        }

        return bytes.ToString(CultureInfo.InvariantCulture) + "B";
    }

    private static bool TrySplit(string text, out decimal number, out string unit)
    {
        string trimmed = text.Trim();
        int end = 0;
        while (end < trimmed.Length && (char.IsAsciiDigit(trimmed[end]) || trimmed[end] == '.'))
        {
            end++;
        }

        unit = trimmed[end..].TrimStart();
        return decimal.TryParse(
            trimmed.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
