using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Clients;

/// <summary>The answer to a <see cref="ClientQuery"/>: the payload of <c>FrameKind.Answer</c>.</summary>
/// <param name="Id">The query's.</param>
/// <param name="Height">The last executed block when it was answered.</param>
/// <param name="StateRoot">The state after that block.</param>
public abstract record ClientAnswer(long Id, Height Height, Hash32 StateRoot)
{
    private const ushort Version = 1;

    /// <summary>To <see cref="ClientQuery.Head"/>.</summary>
    public sealed record Head(long Id, Height Height, Hash32 StateRoot) : ClientAnswer(Id, Height, StateRoot);

    /// <summary>To <see cref="ClientQuery.Entries"/>.</summary>
    /// <param name="More">There are further entries after the last one of this page.</param>
    public sealed record Entries(
        long Id,
        Height Height,
        Hash32 StateRoot,
        IReadOnlyList<KeyValuePair<byte[], byte[]>> Page,
        bool More) : ClientAnswer(Id, Height, StateRoot);

    /// <summary>To <see cref="ClientQuery.Receipts"/>.</summary>
    /// <param name="Receipt">Null when the node knows nothing of the batch.</param>
    public sealed record Receipts(long Id, Height Height, Hash32 StateRoot, ClientReceipt? Receipt)
        : ClientAnswer(Id, Height, StateRoot);

    public byte[] ToArray()
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.I64(Id);
        writer.I64(Height.Value);
        writer.Hash32(StateRoot);
        switch (this)
        {
            case Head:
                writer.Tag(0);
                break;
            case Entries entries:
                writer.Tag(1);
                writer.Count(entries.Page.Count);
                foreach (KeyValuePair<byte[], byte[]> entry in entries.Page)
                {
                    writer.Bytes(entry.Key);
                    writer.Bytes(entry.Value);
                }

                writer.Bool(entries.More);
                break;
            case Receipts receipts:
                writer.Tag(2);
                writer.Bytes(receipts.Receipt?.ToArray() ?? []);
                break;
        }

        return writer.ToArray();
    }

    /// <returns>Null when the bytes are no answer.</returns>
    public static ClientAnswer? Decode(ReadOnlySpan<byte> bytes)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        long id = reader.I64();
        Height height = new(reader.I64());
        Hash32 root = reader.Hash32();
        ClientAnswer? answer;
        switch (reader.Tag(2))
        {
            case 0:
                answer = new Head(id, height, root);
                break;
            case 1:
                KeyValuePair<byte[], byte[]>[] page = new KeyValuePair<byte[], byte[]>[
                    reader.Count(Limits.MaxQueryPage, 8)];
                for (int i = 0; i < page.Length && reader.Ok; i++)
                {
                    page[i] = new KeyValuePair<byte[], byte[]>(
                        reader.Bytes(Limits.MaxQueryKeyBytes).ToArray(),
                        reader.Bytes(Limits.MaxQueryValueBytes).ToArray());
                }

                answer = new Entries(id, height, root, page, reader.Bool());
                break;
            default:
                ReadOnlySpan<byte> bytesOfReceipt = reader.Bytes(Limits.MaxReceiptBytes);
                ClientReceipt? receipt = ClientReceipt.Decode(bytesOfReceipt);
                if (receipt is null && !bytesOfReceipt.IsEmpty)
                {
                    reader.Fail(CodecError.NotCanonical);
                }

                answer = new Receipts(id, height, root, receipt);
                break;
        }

        return reader.End() ? answer : null;
    }
}
