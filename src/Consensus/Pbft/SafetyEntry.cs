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
    public sealed record Proposed(View View, Block Block, NewView? Justification) : SafetyEntry;

    /// <summary>This node prepared this block.</summary>
    public sealed record Prepared(View View, Hash32 BlockHash) : SafetyEntry;

    /// <summary>This node holds a quorum's prepares, and commits.</summary>
    public sealed record Locked(PreparedCertificate Certificate, Block Block) : SafetyEntry;

    /// <summary>This node left all lower views, with the lock it had then.</summary>
    public sealed record ViewChanged(View NewView) : SafetyEntry;

    public SafetyRecord ToRecord(Height height)
    {
        BorshWriter writer = new();
        writer.Version(Version);
        switch (this)
        {
            case Proposed entry:
                writer.Tag(0);
                writer.U32((uint)entry.View.Value);
                entry.Block.Encode(writer);
                writer.Option(entry.Justification is not null);
                entry.Justification?.Encode(writer);
                break;
            case Prepared entry:
                writer.Tag(1);
                writer.U32((uint)entry.View.Value);
                writer.Hash32(entry.BlockHash);
                break;
            case Locked entry:
                writer.Tag(2);
                entry.Certificate.Encode(writer);
                entry.Block.Encode(writer);
                break;
            case ViewChanged entry:
                writer.Tag(3);
                writer.U32((uint)entry.NewView.Value);
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
            _ => new ViewChanged(WireFields.ReadView(ref reader)),
        };
        return entry is not null && reader.End()
            ? entry
            : throw new InvalidOperationException($"Safety record of height {record.Height}: {reader.Error}.");
    }

    private static Proposed? ReadProposed(ref BorshReader reader)
    {
        View view = WireFields.ReadView(ref reader);
        return Block.Decode(ref reader) is { } block
            ? new Proposed(view, block, reader.Option() ? NewView.Decode(ref reader) : null)
            : null;
    }

    private static Locked? ReadLocked(ref BorshReader reader)
    {
        PreparedCertificate certificate = PreparedCertificate.Decode(ref reader);
        return Block.Decode(ref reader) is { } block ? new Locked(certificate, block) : null;
    }
}
