using System;
using System.Globalization;

namespace EnergyNode.Pbm;

/// <summary>A value as people read it.</summary>
internal static class CellText
{
    private const string None = "-";

    public static string Of(AnswerCell cell, CellKind kind)
    {
        string text = cell switch
        {
            { Number: { } bytes } when kind == CellKind.Bytes => Bytes(bytes),
            { Number: { } micros } when kind == CellKind.DurationMicros => DurationText.FromMicros(micros),
            { Number: { } micros } when kind == CellKind.TimeMicros => Time(micros),
            { Flag: { } flag } => flag ? "yes" : "no",
            _ => cell.Raw,
        };
        return text.Length == 0 ? None : TerminalText.Sanitise(text);
    }

    /// <summary>Three digits or so, rounded down: <c>812 B</c>, <c>1.5 MiB</c>.</summary>
    private static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        ulong left = bytes < 0 ? (ulong)-(bytes + 1) + 1 : (ulong)bytes;
        ulong tenths = 0;
        int unit = 0;
        while (left >= 1024)
        {
            tenths = left % 1024 * 10 / 1024;
            left /= 1024;
            unit++;
        }

        string sign = bytes < 0 ? "-" : "";
        string fraction = unit == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{tenths}");
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{left}{fraction} {units[unit]}");
    }

    private static string Time(long micros)
    {
        const long TicksPerMicro = TimeSpan.TicksPerMillisecond / 1000;
        long first = -DateTime.UnixEpoch.Ticks / TicksPerMicro;
        long last = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TicksPerMicro;
        return micros >= first && micros <= last
            ? DateTime.UnixEpoch.AddTicks(micros * TicksPerMicro)
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : micros.ToString(CultureInfo.InvariantCulture);
    }
}
