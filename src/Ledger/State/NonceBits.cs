using System;
using System.Runtime.CompilerServices;

namespace EnergyNode.Ledger;

/// <summary>1,024 bits by value.</summary>
public struct NonceBits : IEquatable<NonceBits>
{
    private const int Words = Limits.NonceWindow / 64;

    private Storage _words;

    public bool this[int bit]
    {
        readonly get => (_words[bit / 64] & (1UL << (bit % 64))) != 0;
        set
        {
            ulong mask = 1UL << (bit % 64);
            _words[bit / 64] = value ? _words[bit / 64] | mask : _words[bit / 64] & ~mask;
        }
    }

    public readonly bool Equals(NonceBits other)
    {
        ReadOnlySpan<ulong> left = _words;
        ReadOnlySpan<ulong> right = other._words;
        return left.SequenceEqual(right);
    }

    public override readonly bool Equals(object? obj) => obj is NonceBits other && Equals(other);

    public override readonly int GetHashCode() => unchecked((int)(_words[0] ^ (_words[0] >> 32)));

    internal readonly void Encode(BorshWriter writer)
    {
        foreach (ulong word in (ReadOnlySpan<ulong>)_words)
        {
            writer.U64(word);
        }
    }

    [InlineArray(Words)]
    private struct Storage
    {
        private ulong _first;
    }
}
