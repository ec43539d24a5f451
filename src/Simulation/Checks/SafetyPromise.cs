using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What a journaled safety record of PBFT promises, read from its bytes (docs/spec/pbft.md, R3).</summary>
/// <param name="Tag">0 proposal, 1 prepare, 2 commit, 3 view change.</param>
/// <param name="Block">Zero for a view change.</param>
internal readonly record struct SafetyPromise(byte Tag, long Height, int View, Hash32 Block)
{
    public const byte Proposal = 0;
    public const byte Prepare = 1;
    public const byte Commit = 2;
    public const byte ViewChange = 3;

    public static SafetyPromise Read(JournalRecord record)
    {
        BorshReader reader = new(record.Payload);
        long height = reader.I64();
        reader.Version(1);
        byte tag = reader.Tag(ViewChange);
        if (tag == Commit)
        {
            reader.I64();
        }

        int view = (int)reader.U32();
        Hash32 block = tag switch
        {
            Proposal => Ledger.Block.Decode(ref reader)?.Hash ?? Hash32.Zero,
            ViewChange => Hash32.Zero,
            _ => reader.Hash32(),
        };
        return new SafetyPromise(tag, height, view, block);
    }
}
