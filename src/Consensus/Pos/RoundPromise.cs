using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>
/// What a <see cref="SafetyRecord"/> of this machine says: a promise that must outlive a crash. Tags below 4 are those
/// of PBFT.
/// </summary>
internal abstract record RoundPromise
{
    private const ushort Version = 1;
    private const byte FirstTag = 4;
    private const byte LastTag = 8;

    private RoundPromise(View round) => Round = round;

    public View Round { get; }

    /// <summary>This node proposed this block.</summary>
    public sealed record Proposed(View Round, Block Block, PreparedCertificate? Valid) : RoundPromise(Round);

    /// <summary>This node prevoted this block, or none.</summary>
    public sealed record Prevoted(View Round, Hash32? BlockHash, View? ValidRound = null) : RoundPromise(Round);

    /// <summary>This node precommitted none.</summary>
    public sealed record PrecommittedNil(View Round) : RoundPromise(Round);

    /// <summary>This node holds a quorum's prevotes of its round, and precommits.</summary>
    public sealed record Locked(LockedValue Value) : RoundPromise(Value.Round);

    /// <summary>This node knows a valid value, and is not locked on it.</summary>
    public sealed record LearntValid(LockedValue Value) : RoundPromise(Value.Round);

    /// <param name="writer">To be used for it; what it holds is lost.</param>
    public SafetyRecord ToRecord(Height height, BorshWriter writer)
    {
        writer.Clear();
        writer.Version(Version);
        switch (this)
        {
            case Proposed promise:
                writer.Tag(FirstTag);
                writer.U32((uint)promise.Round.Value);
                promise.Block.Encode(writer);
                writer.Option(promise.Valid is not null);
                promise.Valid?.EncodePolka(writer);
                break;
            case Prevoted promise:
                writer.Tag(5);
                writer.U32((uint)promise.Round.Value);
                writer.Option(promise.BlockHash is not null);
                if (promise.BlockHash is { } hash)
                {
                    writer.Hash32(hash);
                    WireFields.WriteValidRound(writer, promise.ValidRound);
                }

                break;
            case PrecommittedNil promise:
                writer.Tag(6);
                writer.U32((uint)promise.Round.Value);
                break;
            case Locked promise:
                writer.Tag(7);
                WriteValue(writer, promise.Value);
                break;
            case LearntValid promise:
                writer.Tag(LastTag);
                WriteValue(writer, promise.Value);
                break;
        }

        return new SafetyRecord(height, writer.ToArray());
    }

    /// <exception cref="InvalidOperationException">
    /// The bytes are no record of this machine. The journal vouches for its bytes, so this is a bug or another
    /// protocol's record, and a node that forgot its promises must not run.
    /// </exception>
    public static RoundPromise Of(SafetyRecord record)
    {
        BorshReader reader = new(record.Bytes);
        reader.Version(Version);
        RoundPromise? promise = reader.Tag(LastTag) switch
        {
            FirstTag => ReadProposed(ref reader),
            5 => ReadPrevoted(ref reader),
            6 => new PrecommittedNil(WireFields.ReadView(ref reader)),
            7 => ReadValue(ref reader) is { } value ? new Locked(value) : null,
            LastTag => ReadValue(ref reader) is { } value ? new LearntValid(value) : null,
            _ => null,
        };
        return promise is not null && reader.End()
            ? promise
            : throw new InvalidOperationException($"Safety record of height {record.Height}: {reader.Error}.");
    }

    private static Proposed? ReadProposed(ref BorshReader reader)
    {
        View round = WireFields.ReadView(ref reader);
        return Block.Decode(ref reader) is { } block
            ? new Proposed(round, block, reader.Option() ? PreparedCertificate.DecodePolka(ref reader) : null)
            : null;
    }

    private static Prevoted ReadPrevoted(ref BorshReader reader)
    {
        View round = WireFields.ReadView(ref reader);
        return reader.Option()
            ? new Prevoted(round, reader.Hash32(), WireFields.ReadValidRound(ref reader, round))
            : new Prevoted(round, null);
    }

    private static void WriteValue(BorshWriter writer, LockedValue value)
    {
        value.Certificate.EncodePolka(writer);
        value.Block.Encode(writer);
    }

    private static LockedValue? ReadValue(ref BorshReader reader)
    {
        PreparedCertificate certificate = PreparedCertificate.DecodePolka(ref reader);
        return Block.Decode(ref reader) is { } block ? new LockedValue(certificate, block) : null;
    }
}
