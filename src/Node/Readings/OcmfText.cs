using System;
using System.Linq;

namespace EnergyNode.Node.Readings;

/// <summary>Bytes that are written in hexadecimal digits or in base64.</summary>
internal static class OcmfText
{
    /// <summary>Digits in pairs, white space between them allowed; null when it is something else.</summary>
    public static byte[]? FromHex(string text)
    {
        string digits = string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter)));
        return digits.Length > 0 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(digits)
            : null;
    }

    /// <summary>RFC 4648 §4 with padding, white space allowed; null when it is something else.</summary>
    public static byte[]? FromBase64(string text)
    {
        byte[] bytes = new byte[((text.Length / 4) + 1) * 3];
        return Convert.TryFromBase64String(text, bytes, out int written) && written > 0
            && IsCanonical(text, bytes.AsSpan(0, written))
            ? bytes[..written]
            : null;
    }

    /// <summary>The last digit may have bits that mean nothing; set, they would be a second spelling.</summary>
    private static bool IsCanonical(string text, ReadOnlySpan<byte> bytes) =>
        string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter))) == Convert.ToBase64String(bytes);
}
