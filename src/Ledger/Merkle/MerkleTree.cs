using System;
using System.Numerics;

namespace EnergyNode.Ledger;

/// <summary>
/// The Merkle tree of a list, as in RFC 6962 §2.1: leaf = H(0x00 | data), node = H(0x01 | left | right), split at the
/// largest power of two below the count; no leaves = H of the empty string. The data of a leaf is a 32-byte hash: of a
/// batch, of an encoded receipt.
/// </summary>
public static class MerkleTree
{
    public static Hash32 Root(ReadOnlySpan<Hash32> items)
    {
        CheckCount(items.Length);
        return items.IsEmpty ? Hash32.Of(default) : Subtree(items);
    }

    /// <summary>
    /// The proof that <paramref name="items"/>[<paramref name="index"/>] is under <see cref="Root"/>.
    /// </summary>
    public static MerkleProof Prove(ReadOnlySpan<Hash32> items, int index)
    {
        CheckCount(items.Length);
        if (index < 0 || index >= items.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(index));
        }

        Hash32[] path = new Hash32[PathLength(index, items.Length)];
        ReadOnlySpan<Hash32> rest = items;
        int position = index;
        for (int level = path.Length - 1; level >= 0; level--)
        {
            int split = Split(rest.Length);
            bool isRight = position >= split;
            path[level] = Subtree(isRight ? rest[..split] : rest[split..]);
            rest = isRight ? rest[split..] : rest[..split];
            position = isRight ? position - split : position;
        }

        return new MerkleProof(index, items.Length, path);
    }

    /// <summary>
    /// How many siblings lead from the leaf at <paramref name="index"/> to the root of a tree this large.
    /// </summary>
    internal static int PathLength(int index, int count)
    {
        int length = 0;
        for (int position = index, rest = count; rest > 1; length++)
        {
            int split = Split(rest);
            bool isRight = position >= split;
            position = isRight ? position - split : position;
            rest = isRight ? rest - split : split;
        }

        return length;
    }

    /// <summary>The largest power of two below <paramref name="count"/>, which is at least 2.</summary>
    internal static int Split(int count) => 1 << BitOperations.Log2((uint)(count - 1));

    private static Hash32 Subtree(ReadOnlySpan<Hash32> items)
    {
        if (items.Length == 1)
        {
            return MerkleHash.ListLeaf(items[0]);
        }

        int split = Split(items.Length);
        return MerkleHash.ListNode(Subtree(items[..split]), Subtree(items[split..]));
    }

    private static void CheckCount(int count)
    {
        if (count > MerkleLimits.MaxListLeaves)
        {
            throw new ArgumentException($"A list tree has at most {MerkleLimits.MaxListLeaves} leaves.", nameof(count));
        }
    }
}
