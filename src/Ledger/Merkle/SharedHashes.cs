using System;

namespace EnergyNode.Ledger;

/// <summary>
/// For many ledgers of one chain in one process, which hash the same nodes of the same tree one after the other: what
/// was hashed lately is looked up by its content and hashed once. The answer is that of SHA-256, always. Not
/// thread-safe.
/// </summary>
public sealed class SharedHashes
{
    /// <summary>Nodes that are remembered of each kind: blocks of some hundred changes, and ledgers that lag a little.
    /// Inner ones take 100 bytes each, leaves 56 and their content.</summary>
    private const int Places = 8_192;

    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly Inner[] _inner = new Inner[Places];
    private readonly Leaf[] _leaves = new Leaf[Places];

    internal Hash32 OfInner(int bitIndex, Hash32 left, Hash32 right)
    {
        ulong mix = unchecked(((ulong)left.GetHashCode() << 32) ^ (uint)right.GetHashCode() ^ (uint)bitIndex);
        ref Inner place = ref _inner[PlaceOf(mix)];
        if (!place.IsTaken || place.BitIndex != bitIndex || place.Left != left || place.Right != right)
        {
            place = new Inner(true, bitIndex, left, right, MerkleHash.StateInner(bitIndex, left, right));
        }

        return place.Hash;
    }

    /// <param name="leaf">Nobody may write to its arrays.</param>
    internal Hash32 OfLeaf(StateLeaf leaf)
    {
        ref Leaf place = ref _leaves[PlaceOf(Mix(leaf.Value, Mix(leaf.Key, 0)))];
        if (place.Key is null || !leaf.Key.AsSpan().SequenceEqual(place.Key)
            || !leaf.Value.AsSpan().SequenceEqual(place.Value))
        {
            place = new Leaf(leaf.Key, leaf.Value, MerkleHash.StateLeaf(leaf.Key, Hash32.Of(leaf.Value)));
        }

        return place.Hash;
    }

    private static int PlaceOf(ulong mix) => (int)(unchecked(mix * Multiplier) >> 51);

    private static ulong Mix(ReadOnlySpan<byte> bytes, ulong mix)
    {
        unchecked
        {
            while (bytes.Length >= sizeof(ulong))
            {
                mix = (mix ^ BitConverter.ToUInt64(bytes)) * Multiplier;
                mix ^= mix >> 32;
                bytes = bytes[sizeof(ulong)..];
            }

            foreach (byte rest in bytes)
            {
                mix = (mix ^ rest) * Multiplier;
            }

            return mix;
        }
    }

    private readonly record struct Inner(bool IsTaken, int BitIndex, Hash32 Left, Hash32 Right, Hash32 Hash);

    private readonly record struct Leaf(byte[]? Key, byte[]? Value, Hash32 Hash);
}
