using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace EnergyNode.Ledger;

/// <summary>
/// A name of 1 to 32 characters from A–Z a–z 0–9 . _ -, held inline and compared as bytes (so a prefix comes first).
/// The default value is empty, equal to itself only, and cannot be encoded. Borsh: a string.
/// </summary>
public readonly record struct Label : IComparable<Label>
{
    public const int MaxLength = 32;

    // Big-endian and padded with zeros, which no label contains: words compare as bytes do, and the length follows.
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private Label(ReadOnlySpan<byte> padded)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _b = BinaryPrimitives.ReadUInt64BigEndian(padded[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(padded[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(padded[24..]);
    }

    public bool IsEmpty => _a == 0;

    /// <summary>Bytes, which are characters: 1 to 32, or 0 for the default value.</summary>
    public int Length
    {
        get
        {
            if (_d != 0)
            {
                return 24 + BytesUsed(_d);
            }

            if (_c != 0)
            {
                return 16 + BytesUsed(_c);
            }

            return _b != 0 ? 8 + BytesUsed(_b) : BytesUsed(_a);
        }
    }

    public static bool TryFrom(ReadOnlySpan<byte> bytes, out Label label)
    {
        label = default;
        if (bytes.Length is < 1 or > MaxLength)
        {
            return false;
        }

        foreach (byte value in bytes)
        {
            if (!IsAllowed(value))
            {
                return false;
            }
        }

        Span<byte> padded = stackalloc byte[MaxLength];
        padded.Clear();
        bytes.CopyTo(padded);
        label = new Label(padded);
        return true;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out Label label)
    {
        label = default;
        if (text.Length > MaxLength)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxLength];
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAscii(text[i]))
            {
                return false;
            }

            bytes[i] = (byte)text[i];
        }

        return TryFrom(bytes[..text.Length], out label);
    }

    public static bool TryParse(string? text, out Label label) => TryParse(text.AsSpan(), out label);

    /// <exception cref="FormatException">The text is not a label.</exception>
    public static Label Parse(string text) =>
        TryParse(text, out Label label)
            ? label
            : throw new FormatException($"'{text}' is not a name: 1 to 32 characters of A-Z a-z 0-9 . _ -");

    /// <summary>Writes <see cref="Length"/> bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        BinaryPrimitives.WriteUInt64BigEndian(padded, _a);
        BinaryPrimitives.WriteUInt64BigEndian(padded[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(padded[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(padded[24..], _d);
        padded[..Length].CopyTo(destination);
    }

    public int CompareTo(Label other)
    {
        int order = _a.CompareTo(other._a);
        order = order != 0 ? order : _b.CompareTo(other._b);
        order = order != 0 ? order : _c.CompareTo(other._c);
        return order != 0 ? order : _d.CompareTo(other._d);
    }

    /// <summary>The same in every process, unlike a string's.</summary>
    public override int GetHashCode()
    {
        unchecked
        {
            const ulong Odd = 0x9E3779B97F4A7C15;
            ulong mixed = (_a * Odd) ^ BitOperations.RotateLeft(_b * Odd, 17);
            mixed ^= BitOperations.RotateLeft(_c * Odd, 31) ^ BitOperations.RotateLeft(_d * Odd, 47);
            return (int)((mixed * Odd) >> 32);
        }
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        CopyTo(bytes);
        return Encoding.ASCII.GetString(bytes[..Length]);
    }

    private static int BytesUsed(ulong word) => word == 0 ? 0 : 8 - BitOperations.TrailingZeroCount(word) / 8;

    private static bool IsAllowed(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'.' or (byte)'_' or (byte)'-';
}
