using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>What a <see cref="SafetyRecord"/> of this machine says: a promise that must outlive a crash.</summary>
internal abstract record SafetyEntry
{
    private const ushort Version = 1;

    private SafetyEntry()
    {
    }

    /// <summary>This node, leading the view, proposed this block.</summary>
    public sealed record Proposed(View View, Block Block) : SafetyEntry;

    /// <summary>This node prepared this block.</summary>
    public sealed record Prepared(View View, Hash32 BlockHash) : SafetyEntry;

    /// <summary>This node holds a quorum's prepares, and commits.</summary>
    public sealed record Locked(PreparedBlock Block) : SafetyEntry;

    /// <summary>
    /// This node left all lower views, with the locks it had then. Of no height: it is written with a height that will
    /// not be decided soon, and again before that one is.
    /// </summary>
    /// <param name="SetSince">The first height of the set whose view it is: each set begins in view 0.</param>
    /// <param name="IsOpen">The view was opened; else this node has asked for it.</param>
    /// <param name="BoundUntil">Of an open view: up to this height its leader is bound.</param>
    public sealed record Standing(Height SetSince, View View, bool IsOpen, Height BoundUntil) : SafetyEntry;

    /// <param name="writer">To be used for it; what it holds is lost.</param>
    public SafetyRecord ToRecord(Height height, BorshWriter writer)
    {
        writer.Clear();
        writer.Version(Version);
        switch (this)
        {
            case Proposed entry:
                writer.Tag(0);
                writer.U32((uint)entry.View.Value);
                entry.Block.Encode(writer);
                break;
            case Prepared entry:
                writer.Tag(1);
                writer.U32((uint)entry.View.Value);
                writer.Hash32(entry.BlockHash);
                break;
            case Locked entry:
                writer.Tag(2);
                WireFields.WritePrepared(writer, entry.Block);
                break;
            case Standing entry:
                writer.Tag(3);
                writer.I64(entry.SetSince.Value);
                writer.U32((uint)entry.View.Value);
                writer.Bool(entry.IsOpen);
                writer.I64(entry.BoundUntil.Value);
                break;
        }

        return new SafetyRecord(height, writer.ToArray());
    }

    /// <exception cref="InvalidOperationException">
    /// The bytes are no record of this machine. The journal vouches for its bytes, so this is a bug or another
    /// version's record, and a node that forgot its promises must not run.
    /// </exception>
    public static SafetyEntry Of(SafetyRecord record)
    {
        BorshReader reader = new(record.Bytes);
        reader.Version(Version);
        SafetyEntry? entry = reader.Tag(3) switch
        {
            0 => ReadProposed(ref reader),
            1 => new Prepared(WireFields.ReadView(ref reader), reader.Hash32()),
            2 => ReadLocked(ref reader),
            _ => new Standing(
                new Height(reader.I64(0, long.MaxValue)),
                WireFields.ReadView(ref reader),
                reader.Bool(),
                new Height(reader.I64(0, long.MaxValue))),
        };
        return entry is not null && reader.End()
            ? entry
            : throw new InvalidOperationException($"Safety record of height {record.Height}: {reader.Error}.");
    }

    private static Proposed? ReadProposed(ref BorshReader reader)
    {
        View view = WireFields.ReadView(ref reader);
        return Block.Decode(ref reader) is { } block ? new Proposed(view, block) : null;
    }

    private static Locked? ReadLocked(ref BorshReader reader) =>
        WireFields.ReadPrepared(ref reader) is { } block ? new Locked(block) : null;
}
