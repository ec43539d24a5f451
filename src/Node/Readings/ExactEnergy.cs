using System;
using System.Globalization;

namespace EnergyNode.Node.Readings;

/// <summary>Energy in µWh, exactly. 400,000 readings of at most 10¹⁸ µWh stay far below 2¹²⁷.</summary>
internal readonly record struct ExactEnergy(Int128 MicroWattHours) : IComparable<ExactEnergy>
{
    /// <summary>1 Wh is 10⁶ µWh.</summary>
    public const int WattHourExponent = 6;

    private const int MicroPerWattHour = 1_000_000;
    private const int MaxDigits = 30;
    private const int MaxExponent = 30;

    public static ExactEnergy FromWattHours(long wattHours) => new((Int128)wattHours * MicroPerWattHour);

    public static ExactEnergy operator +(ExactEnergy left, ExactEnergy right) =>
        new(left.MicroWattHours + right.MicroWattHours);

    public static ExactEnergy operator -(ExactEnergy left, ExactEnergy right) =>
        new(left.MicroWattHours - right.MicroWattHours);

    public int CompareTo(ExactEnergy other) => MicroWattHours.CompareTo(other.MicroWattHours);

    /// <summary>Multiplies by a power of ten.</summary>
    /// <param name="value">At most 10³⁰.</param>
    /// <param name="exponent">Of the value's unit, in powers of ten of a µWh.</param>
    /// <returns>Null when the value is no whole number of µWh, or out of range.</returns>
    public static ExactEnergy? Scale(Int128 value, int exponent, out EnergyFault fault)
    {
        fault = EnergyFault.None;
        Int128 limit = ReadingsLimits.MaxRegisterMicroWattHours;
        for (; exponent < 0 && value != 0; exponent++)
        {
            if (value % 10 != 0)
            {
                fault = EnergyFault.TooFine;
                return null;
            }

            value /= 10;
        }

        for (; exponent > 0 && value != 0 && Int128.Abs(value) <= limit; exponent--)
        {
            value *= 10;
        }

        if (Int128.Abs(value) > limit)
        {
            fault = EnergyFault.OutOfRange;
            return null;
        }

        return new ExactEnergy(value);
    }

    /// <summary>Reads a JSON number (RFC 8259 §6) exactly.</summary>
    /// <param name="number">Such as <c>1234.56</c> or <c>1.2e3</c>.</param>
    /// <param name="unitExponent">Of the number's unit, in powers of ten of a µWh.</param>
    public static ExactEnergy? Parse(ReadOnlySpan<char> number, int unitExponent, out EnergyFault fault)
    {
        fault = EnergyFault.NotANumber;
        int exponent = unitExponent;
        int mark = number.IndexOfAny('e', 'E');
        if (mark >= 0)
        {
            if (!int.TryParse(
                    number[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int power))
            {
                return null;
            }

            // No register needs more, and a power beyond it cannot be in range unless the digits are all zero.
            exponent += Math.Clamp(power, -MaxExponent * 2, MaxExponent * 2);
            number = number[..mark];
        }

        bool negative = number.StartsWith("-");
        ReadOnlySpan<char> digits = negative ? number[1..] : number;
        int point = digits.IndexOf('.');
        exponent -= point < 0 ? 0 : digits.Length - point - 1;
        Int128 value = 0;
        int significant = 0;
        foreach (char digit in digits)
        {
            if (digit == '.')
            {
                continue;
            }

            if (!char.IsAsciiDigit(digit))
            {
                return null;
            }

            significant += significant > 0 || digit != '0' ? 1 : 0;
            if (significant > MaxDigits)
            {
                fault = EnergyFault.OutOfRange;
                return null;
            }

            value = (value * 10) + (digit - '0');
        }

        return digits.Length == 0 ? null : Scale(negative ? -value : value, exponent, out fault);
    }

    /// <summary>In Wh, as a JSON number without needless zeros.</summary>
    public override string ToString()
    {
        Int128 magnitude = Int128.Abs(MicroWattHours);
        string sign = MicroWattHours < 0 ? "-" : "";
        string whole = (magnitude / MicroPerWattHour).ToString(CultureInfo.InvariantCulture);
        int rest = (int)(magnitude % MicroPerWattHour);
        return rest == 0
            ? sign + whole
            : sign + whole + "." + rest.ToString("D6", CultureInfo.InvariantCulture).TrimEnd('0');
    }
}
