using System;
using System.Buffers.Binary;

namespace EnergyNode.Ledger;

/// <summary>The four preimages of docs/spec/merkle.md §2 and §3.3. Their first byte keeps them apart.</summary>
internal static class MerkleHash
{
    private const byte ListLeafTag = 0;
    private const byte ListNodeTag = 1;
    private const byte StateLeafTag = 2;
    private const byte StateInnerTag = 3;

    public static Hash32 ListLeaf(Hash32 item)
    {
        Span<byte> preimage = stackalloc byte[1 + Hash32.Size];
        preimage[0] = ListLeafTag;
        item.CopyTo(preimage[1..]);
        return Hash32.Of(preimage);
    }

    public static Hash32 ListNode(Hash32 left, Hash32 right)
    {
        Span<byte> preimage = stackalloc byte[1 + 2 * Hash32.Size];
        preimage[0] = ListNodeTag;
        left.CopyTo(preimage[1..]);
        right.CopyTo(preimage[(1 + Hash32.Size)..]);
        return Hash32.Of(preimage);
    }

    public static Hash32 StateLeaf(ReadOnlySpan<byte> key, Hash32 valueHash)
    {
        Span<byte> buffer = stackalloc byte[5 + MerkleLimits.MaxKeyLength + Hash32.Size];
        Span<byte> preimage = buffer[..(5 + key.Length + Hash32.Size)];
        preimage[0] = StateLeafTag;
        BinaryPrimitives.WriteUInt32LittleEndian(preimage[1..], (uint)key.Length);
        key.CopyTo(preimage[5..]);
        valueHash.CopyTo(preimage[(5 + key.Length)..]);
        return Hash32.Of(preimage);
    }

    public static Hash32 StateInner(int bitIndex, Hash32 left, Hash32 right)
    {
        Span<byte> preimage = stackalloc byte[5 + 2 * Hash32.Size];
        preimage[0] = StateInnerTag;
        BinaryPrimitives.WriteUInt32LittleEndian(preimage[1..], (uint)bitIndex);
        left.CopyTo(preimage[5..]);
        right.CopyTo(preimage[(5 + Hash32.Size)..]);
        return Hash32.Of(preimage);
    }
}
