using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Ledger;

/// <summary>
/// A header and the hashes of its batches in the order of execution. The batches travel by themselves.
/// </summary>
public sealed class Block
{
    private readonly Hash32[] _batches;

    private Block(BlockHeader header, Hash32[] batches)
    {
        Header = header;
        _batches = batches;
        Hash = header.ComputeHash();
    }

    public BlockHeader Header { get; }

    public Hash32 Hash { get; }

    public Height Height => Header.Height;

    public IReadOnlyList<Hash32> Batches => _batches;

    /// <param name="header">Its batch root and count are set from <paramref name="batches"/>.</param>
    /// <param name="batches">At most <see cref="Limits.MaxBatchesPerBlock"/>, without repetition.</param>
    public static Block Create(BlockHeader header, IEnumerable<Hash32> batches)
    {
        Hash32[] hashes = batches.ToArray();
        return new Block(header with { BatchesRoot = MerkleTree.Root(hashes), BatchCount = hashes.Length }, hashes);
    }

    public void Encode(BorshWriter writer)
    {
        Header.Encode(writer);
        writer.Count(_batches.Length);
        foreach (Hash32 batch in _batches)
        {
            writer.Hash32(batch);
        }
    }

    /// <returns>Null when the bytes are no well-formed block: form, batch root, count or a repeated batch.</returns>
    public static Block? Decode(ref BorshReader reader)
    {
        BlockHeader header = BlockHeader.Decode(ref reader);
        int count = reader.Count(Limits.MaxBatchesPerBlock, Hash32.Size);
        Hash32[] batches = new Hash32[count];
        HashSet<Hash32> seen = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            batches[i] = reader.Hash32();
            if (!seen.Add(batches[i]))
            {
                reader.Fail(CodecError.OutOfRange);
            }
        }

        if (reader.Ok && (header.BatchCount != count || header.BatchesRoot != MerkleTree.Root(batches)))
        {
            reader.Fail(CodecError.OutOfRange);
        }

        return reader.Ok ? new Block(header, batches) : null;
    }
}
