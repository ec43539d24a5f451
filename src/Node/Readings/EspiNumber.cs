using System;
using System.Globalization;

namespace EnergyNode.Node.Readings;

/// <summary>Whole numbers of ESPI elements.</summary>
internal static class EspiNumber
{
    /// <summary>Int48 of the schema: what values have at most.</summary>
    public const long MaxInt48 = (1L << 47) - 1;

    private const int MaxDigits = 18;

    /// <summary>Digits with a sign; white space around them is allowed (XML Schema part 2, §3.3.13).</summary>
    public static bool TryParse(string text, out long value)
    {
        ReadOnlySpan<char> number = text.AsSpan().Trim(" \t\r\n");
        value = 0;
        ReadOnlySpan<char> digits = number.StartsWith("-") || number.StartsWith("+") ? number[1..] : number;
        return digits.Length is >= 1 and <= MaxDigits && digits.IndexOfAnyExceptInRange('0', '9') < 0
            && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
