using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>
/// SHA-256 over a fixed word, a block's hash and a nonce. Its first 16 bytes, as a big-endian number x, must satisfy
/// x ≤ ⌊(2^128 − 1) / difficulty⌋: one hash in as many as the difficulty says, to within 2^−78 of it.
/// </summary>
public static class ProofOfWork
{
    private const int NonceAt = 39;

    private static ReadOnlySpan<byte> Domain => "ENWORK1"u8;

    /// <summary>The highest x that will do.</summary>
    public static UInt128 Target(Difficulty difficulty) => UInt128.MaxValue / (UInt128)difficulty.Hashes;

    /// <param name="difficulty">At least 1.</param>
    public static bool IsDone(Hash32 block, Difficulty difficulty, ulong nonce) =>
        Find(block, Target(difficulty), nonce, 1) is not null;

    /// <summary>Tries nonces one after the other, over the end of the numbers if need be.</summary>
    /// <returns>The first one that will do; null when none of them does.</returns>
    public static ulong? Find(Hash32 block, UInt128 target, ulong first, int count)
    {
        // W1
        Span<byte> input = stackalloc byte[NonceAt + sizeof(ulong)];
        Span<byte> digest = stackalloc byte[Hash32.Size];
        Domain.CopyTo(input);
        block.CopyTo(input[Domain.Length..]);
        ulong nonce = first;
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(input[NonceAt..], nonce);
            SHA256.HashData(input, digest);
            if (BinaryPrimitives.ReadUInt128BigEndian(digest) <= target)
            {
                return nonce;
            }

            nonce = unchecked(nonce + 1);
        }

        return null;
    }
}
