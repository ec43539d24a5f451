using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>The frames of sentinels as Borsh (docs/spec/evidence.md).</summary>
internal static class GossipCodec
{
    private const ushort Version = 1;
    private const int MaxBitmapBytes = (Ledger.Limits.MaxValidators + 7) / 8;
    private const int GroupBytes = 8 + 1 + 4 + Hash32.Size + 4;
    private const int RequestBytes = 8 + 1 + 4 + 2;
    private const int StatementBytes = 2 + 4 + Signature.Size;

    /// <summary>Senders whose statements have the same digest: bit i of the map is validator i of the set.</summary>
    internal readonly record struct Group(Height Height, byte Tag, View View, Hash32 Digest, byte[] Senders);

    /// <param name="bitmap">Null for nobody.</param>
    public static bool Has(byte[]? bitmap, ValidatorIndex member) =>
        bitmap is not null && member.Value / 8 < bitmap.Length
        && (bitmap[member.Value / 8] >> (member.Value % 8) & 1) != 0;

    public static byte[] Bitmap(int validators) => new byte[(validators + 7) / 8];

    public static byte[] Digests(IReadOnlyList<Group> groups)
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.Count(groups.Count);
        foreach (Group group in groups)
        {
            writer.I64(group.Height.Value);
            writer.Tag(group.Tag);
            writer.U32((uint)group.View.Value);
            writer.Hash32(group.Digest);
            writer.Bytes(group.Senders);
        }

        return writer.ToArray();
    }

    /// <returns>Null when the bytes are no such frame.</returns>
    public static List<Group>? ReadDigests(ReadOnlySpan<byte> bytes)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        int count = reader.Count(Limits.MaxDigestGroups, GroupBytes);
        List<Group> groups = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            groups.Add(new Group(
                WireFields.ReadHeight(ref reader),
                reader.Tag(Promise.HighestTag),
                WireFields.ReadView(ref reader),
                reader.Hash32(),
                reader.Bytes(MaxBitmapBytes).ToArray()));
        }

        return reader.End() ? groups : null;
    }

    public static byte[] Request(IReadOnlyList<StatementKey> keys)
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.Count(keys.Count);
        foreach (StatementKey key in keys)
        {
            writer.I64(key.Height.Value);
            writer.Tag(key.Tag);
            writer.U32((uint)key.View.Value);
            writer.U16((ushort)key.Sender.Value);
        }

        return writer.ToArray();
    }

    /// <returns>Null when the bytes are no such frame.</returns>
    public static List<StatementKey>? ReadRequest(ReadOnlySpan<byte> bytes)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        int count = reader.Count(Limits.MaxStatementsPerFrame, RequestBytes);
        List<StatementKey> keys = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            keys.Add(new StatementKey(
                WireFields.ReadHeight(ref reader),
                reader.Tag(Promise.HighestTag),
                WireFields.ReadView(ref reader),
                WireFields.ReadSigner(ref reader, previous: -1)));
        }

        return reader.End() ? keys : null;
    }

    public static byte[] Statements(IReadOnlyList<(ValidatorIndex Sender, SignedStatement Signed)> statements)
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.Count(statements.Count);
        foreach ((ValidatorIndex sender, SignedStatement signed) in statements)
        {
            writer.U16((ushort)sender.Value);
            signed.Encode(writer);
        }

        return writer.ToArray();
    }

    /// <returns>Null when the bytes are no such frame.</returns>
    public static List<(ValidatorIndex Sender, SignedStatement Signed)>? ReadStatements(ReadOnlySpan<byte> bytes)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        int count = reader.Count(Limits.MaxStatementsPerFrame, StatementBytes);
        List<(ValidatorIndex, SignedStatement)> statements = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            statements.Add((WireFields.ReadSigner(ref reader, previous: -1), SignedStatement.Decode(ref reader)));
        }

        return reader.End() ? statements : null;
    }
}
