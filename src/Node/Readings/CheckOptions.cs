using System;
using System.Globalization;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Cli;

namespace EnergyNode.Node.Readings;

/// <summary>How to check a file.</summary>
/// <param name="MeterListFile">Meters and their ratings; null for none.</param>
/// <param name="Settings">For the rules.</param>
/// <param name="Estimate">Print the filled series as well.</param>
/// <param name="Json">Print JSON instead of text.</param>
internal sealed record CheckOptions(string? MeterListFile, VeeSettings Settings, bool Estimate, bool Json)
{
    private const int MicroDigits = 1_000_000;

    /// <param name="site">Latitude and longitude in degrees, as in 34.09,-117.43; null for none.</param>
    /// <param name="utcOffset">As in -07:00.</param>
    /// <exception cref="CommandFailedException">One of them is not written like that.</exception>
    public static VeeSettings SettingsOf(string? site, string utcOffset)
    {
        try
        {
            return new VeeSettings
            {
                Site = site is null ? null : ParseSite(site),
                Calendar = new DayCalendar(ParseOffset(utcOffset), []),
            };
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                $"--site '{site}' or --utc-offset '{utcOffset}' cannot be read, write degrees as in 34.09,-117.43 "
                + "(latitude −90 to 90, longitude −180 to 180) and quarters of an hour as in -07:00 (up to 14:00)");
        }
    }

    private static Site ParseSite(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2
            ? new Site(MicroDegrees(parts[0]), MicroDegrees(parts[1]))
            : throw new FormatException();
    }

    private static long MicroDegrees(string text) => (long)(decimal.Parse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
        * MicroDigits);

    private static int ParseOffset(string text)
    {
        bool negative = text.StartsWith('-');
        string[] parts = text.TrimStart('+', '-').Split(':');
        int minutes = parts.Length == 2
            ? (int.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture) * 60)
                + int.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture)
            : throw new FormatException();
        return negative ? -minutes : minutes;
    }
}
