using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>What a <see cref="SafetyRecord"/> of this machine says: a block above the last final one.</summary>
internal abstract record PowRecord
{
    private const ushort Version = 1;
    private const byte OwnTag = 16;
    private const byte OtherTag = 17;

    private PowRecord()
    {
    }

    /// <summary>This node mined a block. It is signed anew, which gives the same bytes.</summary>
    public sealed record Own(ConsensusMessage.Mined Message) : PowRecord;

    /// <summary>Somebody else's block, with his signature.</summary>
    public sealed record Other(SignedMessage Message) : PowRecord;

    public SafetyRecord ToRecord(Height height)
    {
        BorshWriter writer = new();
        writer.Version(Version);
        switch (this)
        {
            case Own { Message: { } mined }:
                writer.Tag(OwnTag);
                mined.Block.Encode(writer);
                writer.I64(mined.Difficulty.Hashes);
                writer.U64(mined.Nonce);
                break;
            case Other { Message: { } message }:
                writer.Tag(OtherTag);
                message.Encode(writer);
                break;
        }

        return new SafetyRecord(height, writer.ToArray());
    }

    /// <summary>Null for a record of another protocol, which decided the height before.</summary>
    /// <exception cref="InvalidOperationException">
    /// It is one of this machine and cannot be read. The journal vouches for its bytes, so this is a bug.
    /// </exception>
    public static PowRecord? Of(SafetyRecord record)
    {
        BorshReader reader = new(record.Bytes);
        reader.Version(Version);
        byte tag = reader.Tag(OtherTag);
        if (tag < OwnTag)
        {
            return null;
        }

        PowRecord? found = tag == OwnTag ? ReadOwn(ref reader) : ReadOther(record.Bytes.AsSpan(sizeof(ushort) + 1));
        return found ?? throw new InvalidOperationException($"Safety record of height {record.Height}: unreadable.");
    }

    private static Own? ReadOwn(ref BorshReader reader)
    {
        Block? block = Block.Decode(ref reader);
        Difficulty difficulty = WireFields.ReadDifficulty(ref reader);
        ulong nonce = reader.U64();
        return block is not null && reader.End()
            ? new Own(new ConsensusMessage.Mined(block.Height, block, difficulty, nonce))
            : null;
    }

    private static Other? ReadOther(ReadOnlySpan<byte> wire) =>
        SignedMessage.Decode(wire) is { } message ? new Other(message) : null;
}
