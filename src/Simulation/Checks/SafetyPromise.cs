using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// What a journaled safety record promises, read from its bytes (docs/spec/pbft.md, R3;
/// docs/spec/pos.md, POS-3; docs/spec/pow.md, W8).
/// </summary>
/// <param name="Tag">Which kind of promise.</param>
/// <param name="View">The round, under PoS.</param>
/// <param name="Block">Zero for a view change and for a vote for none.</param>
internal readonly record struct SafetyPromise(byte Tag, long Height, int View, Hash32 Block)
{
    public const byte Proposal = 0;
    public const byte Prepare = 1;
    public const byte Commit = 2;
    public const byte ViewChange = 3;
    public const byte RoundProposal = 4;
    public const byte Prevote = 5;
    public const byte Precommit = 6;
    public const byte Lock = 7;
    public const byte ValidValue = 8;
    public const byte Mined = 16;
    public const byte HeardOf = 17;

    public static SafetyPromise Read(JournalRecord record)
    {
        BorshReader reader = new(record.Payload);
        long height = reader.I64();
        reader.Version(1);
        byte tag = reader.Tag(HeardOf);
        if (tag is Commit or Lock or ValidValue)
        {
            // These begin with a certificate, and that with its height.
            reader.I64();
        }

        else if (tag == ViewChange)
        {
            // Views last over the heights of a set, and so does the promise to have left one.
            height = reader.I64();
        }

        int view = tag >= Mined ? 0 : (int)reader.U32();
        Hash32 block = tag switch
        {
            Mined => Ledger.Block.Decode(ref reader)?.Hash ?? Hash32.Zero,
            HeardOf => Hash32.Zero,
            Proposal or RoundProposal => Ledger.Block.Decode(ref reader)?.Hash ?? Hash32.Zero,
            Prevote => reader.Option() ? reader.Hash32() : Hash32.Zero,
            ViewChange or Precommit => Hash32.Zero,
            _ => reader.Hash32(),
        };

        return new SafetyPromise(tag, height, view, block);
    }

    /// <summary>The block that the record promises to propose, whoever made it; null for other promises.</summary>
    public static Ledger.Block? ReadProposal(JournalRecord record)
    {
        BorshReader reader = new(record.Payload);
        reader.I64();
        reader.Version(1);
        if (reader.Tag(HeardOf) is not (Proposal or RoundProposal))
        {
            return null;
        }

        reader.U32();
        return Ledger.Block.Decode(ref reader);
    }
}
