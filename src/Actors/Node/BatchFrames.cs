using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>The payloads of the frames that carry batches and requests for them.</summary>
internal static class BatchFrames
{
    private const ushort Version = 1;

    public static byte[] Batches(IReadOnlyList<ReadOnlyMemory<byte>> batches)
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.Count(batches.Count);
        foreach (ReadOnlyMemory<byte> batch in batches)
        {
            writer.Bytes(batch.Span);
        }

        return writer.ToArray();
    }

    /// <returns>Parts of the payload; null when the bytes are no such payload.</returns>
    public static List<ReadOnlyMemory<byte>>? ReadBatches(ReadOnlyMemory<byte> payload)
    {
        BorshReader reader = new(payload.Span);
        reader.Version(Version);
        int count = reader.Count(Limits.MaxBatchesPerRequest, 4);
        List<ReadOnlyMemory<byte>> batches = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            int length = reader.Bytes(Ledger.Limits.MaxBatchBytes).Length;
            batches.Add(reader.Ok ? payload.Slice(reader.Position - length, length) : default);
        }

        return reader.End() ? batches : null;
    }

    public static byte[] Request(IReadOnlyList<Hash32> hashes)
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.Count(hashes.Count);
        foreach (Hash32 hash in hashes)
        {
            writer.Hash32(hash);
        }

        return writer.ToArray();
    }

    /// <returns>Null when the bytes are no such payload.</returns>
    public static List<Hash32>? ReadRequest(ReadOnlySpan<byte> bytes)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        int count = reader.Count(Limits.MaxBatchesPerRequest, Hash32.Size);
        List<Hash32> hashes = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            hashes.Add(reader.Hash32());
        }

        return reader.End() ? hashes : null;
    }
}
