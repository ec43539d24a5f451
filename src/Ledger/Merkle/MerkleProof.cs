using System;

namespace EnergyNode.Ledger;

/// <summary>
/// The audit path of one leaf of a <see cref="MerkleTree"/>, from the leaf's sibling up (RFC 6962 §2.1.1). It proves
/// that the item is in the list. It proves the position only if the caller knows the length of the list from elsewhere
/// and compares <see cref="LeafCount"/> with it, for the root does not bind the length.
/// </summary>
public sealed class MerkleProof
{
    private readonly Hash32[] _path;

    internal MerkleProof(int index, int leafCount, Hash32[] path)
    {
        Index = index;
        LeafCount = leafCount;
        _path = path;
    }

    public int Index { get; }

    public int LeafCount { get; }

    /// <summary>Siblings from the leaf up.</summary>
    public ReadOnlySpan<Hash32> Path => _path;

    public bool Verify(Hash32 root, Hash32 item)
    {
        int level = 0;
        return _path.Length == MerkleTree.PathLength(Index, LeafCount)
            && Climb(Index, LeafCount, MerkleHash.ListLeaf(item), ref level) == root;
    }

    /// <summary>Borsh: index u32, leaf count u32, path as a vector of hashes.</summary>
    public void Encode(BorshWriter writer)
    {
        writer.U32((uint)Index);
        writer.U32((uint)LeafCount);
        writer.Count(_path.Length);
        foreach (Hash32 sibling in _path)
        {
            writer.Hash32(sibling);
        }
    }

    /// <summary>
    /// Reads a proof; one of a form that no list has is refused. Meaningless unless the reader is Ok after.
    /// </summary>
    public static MerkleProof Decode(ref BorshReader reader)
    {
        uint index = reader.U32();
        uint leafCount = reader.U32();
        Hash32[] path = new Hash32[reader.Count(MerkleLimits.MaxListPathLength, Hash32.Size)];
        for (int i = 0; i < path.Length; i++)
        {
            path[i] = reader.Hash32();
        }

        if (index >= leafCount || leafCount > MerkleLimits.MaxListLeaves)
        {
            reader.Fail(CodecError.OutOfRange);
            return new MerkleProof(0, 1, []);
        }

        if (path.Length != MerkleTree.PathLength((int)index, (int)leafCount))
        {
            reader.Fail(CodecError.NotCanonical);
        }

        return new MerkleProof((int)index, (int)leafCount, path);
    }

    private Hash32 Climb(int index, int count, Hash32 leaf, ref int level)
    {
        if (count == 1)
        {
            return leaf;
        }

        int split = MerkleTree.Split(count);
        if (index < split)
        {
            Hash32 left = Climb(index, split, leaf, ref level);
            return MerkleHash.ListNode(left, _path[level++]);
        }

        Hash32 right = Climb(index - split, count - split, leaf, ref level);
        return MerkleHash.ListNode(_path[level++], right);
    }
}
