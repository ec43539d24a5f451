using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Clients;

/// <summary>A client's question: the payload of <c>FrameKind.Query</c>.</summary>
/// <param name="Id">Chosen by the client; comes back in the answer.</param>
public abstract record ClientQuery(long Id)
{
    private const ushort Version = 1;

    /// <summary>Where the node stands.</summary>
    public sealed record Head(long Id) : ClientQuery(Id);

    /// <summary>
    /// Leaves of the state in key order: those whose key begins with a prefix and is greater than a key.
    /// </summary>
    /// <param name="Prefix">0 … <see cref="Limits.MaxQueryKeyBytes"/> bytes; the tables are listed in wire.md.</param>
    /// <param name="After">Empty for the first page, then the last key of the page before.</param>
    public sealed record Entries(long Id, ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte> After) : ClientQuery(Id);

    /// <summary>What became of a batch, if the node still knows.</summary>
    public sealed record Receipts(long Id, Hash32 Batch) : ClientQuery(Id);

    public byte[] ToArray()
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.I64(Id);
        switch (this)
        {
            case Head:
                writer.Tag(0);
                break;
            case Entries entries:
                writer.Tag(1);
                writer.Bytes(entries.Prefix.Span);
                writer.Bytes(entries.After.Span);
                break;
            case Receipts receipts:
                writer.Tag(2);
                writer.Hash32(receipts.Batch);
                break;
        }

        return writer.ToArray();
    }

    /// <returns>Null when the bytes are no query.</returns>
    public static ClientQuery? Decode(ReadOnlySpan<byte> bytes)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        long id = reader.I64();
        ClientQuery query = reader.Tag(2) switch
        {
            0 => new Head(id),
            1 => new Entries(
                id,
                reader.Bytes(Limits.MaxQueryKeyBytes).ToArray(),
                reader.Bytes(Limits.MaxQueryKeyBytes).ToArray()),
            _ => new Receipts(id, reader.Hash32()),
        };
        return reader.End() ? query : null;
    }
}
