using System;

namespace EnergyNode.Market.Metering;

/// <summary>Times as <c>2016-08-01T08:15:00Z</c>: RFC 3339 §5.6 in the one form that the files use.</summary>
internal static class UtcText
{
    private const int FirstYear = 1970;
    private const int LastYear = 2999;
    private const long SecondsPerDay = 86_400;

    /// <param name="text">Exactly 20 bytes, a year in 1970 … 2999, no leap second.</param>
    /// <param name="seconds">Since the Unix epoch.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text.Length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':'
            || text[16] != ':' || text[19] != 'Z')
        {
            return false;
        }

        int year = Digits(text[..4]);
        int month = Digits(text[5..7]);
        int day = Digits(text[8..10]);
        int hour = Digits(text[11..13]);
        int minute = Digits(text[14..16]);
        int second = Digits(text[17..19]);
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DaysIn(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        seconds = (DaysSinceEpoch(year, month, day) * SecondsPerDay) + (hour * 3_600) + (minute * 60) + second;
        return true;
    }

    /// <returns>The number, or −1 when a byte is not a digit.</returns>
    private static int Digits(ReadOnlySpan<byte> text)
    {
        int value = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static int DaysIn(int year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static long DaysSinceEpoch(int year, int month, int day)
    {
        int before = year - 1;
        int epochBefore = FirstYear - 1;
        long days = ((year - FirstYear) * 365L) + (before / 4) - (epochBefore / 4) - (before / 100)
            + (epochBefore / 100) + (before / 400) - (epochBefore / 400);
        for (int earlier = 1; earlier < month; earlier++)
        {
            days += DaysIn(year, earlier);
        }

        return days + day - 1;
    }
}
