using System;
using System.Globalization;
using System.Text;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// One row, taken field by field from the left. Each <c>Take</c> answers false after noting what is wrong and where, so
/// that a row names its first fault only.
/// </summary>
internal ref struct CsvRow(ReadOnlySpan<byte> line, int number, ErrorList errors)
{
    private const int MaxDecimals = 6;
    private const int MaxDigits = 18;

    private readonly ReadOnlySpan<byte> _line = line;
    private readonly ErrorList _errors = errors;
    private int _next;

    public int Line { get; } = number;

    /// <summary>Where the field taken last begins, from 1.</summary>
    public int Column { get; private set; }

    public readonly bool Fail(string what, string remedy, InputRule rule = InputRule.Malformed) =>
        _errors.Add(Line, Column, what, remedy, rule);

    /// <param name="stepSeconds">What the time must be a multiple of.</param>
    /// <param name="stepName">The same in words.</param>
    /// <param name="start">The time read.</param>
    public bool TakeTime(int stepSeconds, string stepName, out Instant start)
    {
        ReadOnlySpan<byte> field = TakeField();
        start = default;
        if (!UtcText.TryParse(field, out long seconds))
        {
            return Fail(
                $"{ErrorList.Quote(field)} is not a time in UTC", "write it as in 2016-08-01T08:15:00Z");
        }

        start = Instant.FromSeconds(seconds);
        return seconds % stepSeconds == 0
            || Fail(
                $"{ErrorList.Quote(field)} is not on {stepName}", "give the start of the interval",
                InputRule.InvalidInterval);
    }

    public bool TakeName(string kind, out string name)
    {
        ReadOnlySpan<byte> field = TakeField();
        name = string.Empty;
        bool valid = field.Length is >= 1 and <= MeteringLimits.MaxNameBytes;
        foreach (byte value in field)
        {
            valid &= char.IsAsciiLetterOrDigit((char)value)
                || value is (byte)'.' or (byte)'-' or (byte)'_';
        }

        if (!valid)
        {
            return Fail(
                $"{ErrorList.Quote(field)} is not {kind}",
                $"use 1 to {MeteringLimits.MaxNameBytes} letters, digits, dots, hyphens and underscores");
        }

        name = Encoding.ASCII.GetString(field);
        return true;
    }

    public bool TakeEnergy(out WattHours energy)
    {
        bool taken = TakeWhole("energy", MeteringLimits.MaxReadingWattHours, out long value);
        energy = new WattHours(value);
        return taken;
    }

    /// <summary>Takes an energy as the meter delivered it; below zero is for the rules to judge.</summary>
    public bool TakeSignedEnergy(out WattHours energy)
    {
        bool negative = _line[_next..].StartsWith("-"u8);
        _next += negative ? 1 : 0;
        bool taken = TakeWhole("energy", MeteringLimits.MaxReadingWattHours, out long value);
        energy = new WattHours(negative ? -value : value);
        return taken;
    }

    /// <summary>Takes a register's count; an empty field is none.</summary>
    public bool TakeRegister(out WattHours? count)
    {
        count = null;
        ReadOnlySpan<byte> rest = _line[_next..];
        if (rest.IsEmpty || rest[0] == (byte)',')
        {
            TakeField();
            return true;
        }

        bool taken = TakeWhole("register", VeeLimits.MaxRegisterWattHours, out long value);
        count = new WattHours(value);
        return taken;
    }

    public bool TakeRating(out Watts rating)
    {
        bool taken = TakeWhole("power", MeteringLimits.MaxRatingWatts, out long value);
        rating = new Watts(value);
        return taken;
    }

    /// <summary>Takes a decimal number as millionths, exactly.</summary>
    public bool TakeMillionths(string kind, long min, long max, out long millionths)
    {
        ReadOnlySpan<byte> field = TakeField();
        millionths = 0;
        bool negative = field.StartsWith("-"u8);
        ReadOnlySpan<byte> digits = negative ? field[1..] : field;
        int point = digits.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<byte> decimals = point < 0 ? default : digits[(point + 1)..];
        if (!AreDigits(whole) || (point >= 0 && !AreDigits(decimals)))
        {
            return Fail($"{ErrorList.Quote(field)} is not a number", $"write {kind} as in 0.22");
        }

        if (decimals.Length > MaxDecimals)
        {
            return Fail($"{ErrorList.Quote(field)} has more than 6 decimals", $"round {kind} to 6");
        }

        whole = whole.TrimStart((byte)'0');
        if (whole.Length <= MaxDigits - MaxDecimals)
        {
            millionths = Accumulate(decimals, Accumulate(whole, 0));
            for (int missing = decimals.Length; missing < MaxDecimals; missing++)
            {
                millionths *= 10;
            }

            millionths = negative ? -millionths : millionths;
            if (millionths >= min && millionths <= max)
            {
                return true;
            }
        }

        return Fail(
            $"{ErrorList.Quote(field)} is out of range",
            $"give {kind} between {InMillionths(min)} and {InMillionths(max)}",
            InputRule.OutOfRange);
    }

    private static string InMillionths(long value) => (value / 1_000_000).ToString("N0", CultureInfo.InvariantCulture);

    private static bool AreDigits(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static long Accumulate(ReadOnlySpan<byte> digits, long start)
    {
        long value = start;
        foreach (byte digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    private bool TakeWhole(string kind, long max, out long value)
    {
        ReadOnlySpan<byte> field = TakeField();
        value = 0;
        if (field.StartsWith("-"u8) && AreDigits(field[1..]))
        {
            return Fail($"{ErrorList.Quote(field)} is negative {kind}", "give 0 or more", InputRule.Negative);
        }

        if (!AreDigits(field))
        {
            return Fail($"{ErrorList.Quote(field)} is not a whole number", "write digits only");
        }

        ReadOnlySpan<byte> digits = field.TrimStart((byte)'0');
        long read = digits.Length <= MaxDigits ? Accumulate(digits, 0) : long.MaxValue;
        if (read > max)
        {
            return Fail(
                $"{ErrorList.Quote(field)} is out of range",
                $"give at most {max.ToString("N0", CultureInfo.InvariantCulture)}",
                InputRule.OutOfRange);
        }

        value = read;
        return true;
    }

    private ReadOnlySpan<byte> TakeField()
    {
        ReadOnlySpan<byte> rest = _line[_next..];
        int comma = rest.IndexOf((byte)',');
        Column = _next + 1;
        _next = comma < 0 ? _line.Length : _next + comma + 1;
        return comma < 0 ? rest : rest[..comma];
    }
}
