using System;
using System.Numerics;

namespace EnergyNode.Ledger;

/// <summary>
/// A key as a string of bits: each byte is a 1 followed by its 8 bits, highest first; the end is a 0, and so is
/// everything after it. No key is then a prefix of another, and the order of bit strings is the order of keys as bytes
/// (docs/spec/merkle.md §3.1).
/// </summary>
internal static class KeyBits
{
    public const int PerByte = 9;

    public static bool At(ReadOnlySpan<byte> key, int bitIndex)
    {
        uint index = (uint)bitIndex / PerByte;
        if (index >= (uint)key.Length)
        {
            return false;
        }

        int offset = bitIndex - (int)index * PerByte;
        return (((key[(int)index] | 0x100) >> (8 - offset)) & 1) != 0;
    }

    /// <summary>The first bit in which the keys differ, or −1 if they are equal.</summary>
    public static int FirstDifference(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length == right.Length ? -1 : common * PerByte;
        }

        int leadingZeros = BitOperations.LeadingZeroCount((uint)(left[common] ^ right[common])) - 24;
        return common * PerByte + 1 + leadingZeros;
    }
}
