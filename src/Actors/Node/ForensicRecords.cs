using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>What a node's journal has for an inquiry after a fork (docs/spec/evidence.md, E20).</summary>
public static class ForensicRecords
{
    /// <summary>Gives an inquiry what a record says. What it does not prove, or is no testimony, counts for nothing.
    /// </summary>
    public static void Take(ForensicInquiry inquiry, JournalRecord record)
    {
        switch (record.PersistenceId)
        {
            case PersistenceIds.Blocks:
                if (Decode(record.Payload) is { } decision)
                {
                    inquiry.Add(decision);
                }

                break;
            case PersistenceIds.Evidence:
                inquiry.AddEvidence(record.Payload);
                break;
            case PersistenceIds.Statements:
                foreach ((PublicKey signer, SignedStatement signed) in StatementRecord.Decode(record.Payload) ?? [])
                {
                    inquiry.Add(signer, signed);
                }

                break;
        }
    }

    /// <summary>The first part of a decided block, as journals and block frames have it.</summary>
    /// <returns>Null when it is none.</returns>
    public static Decision? Decode(byte[] decidedBlock)
    {
        BorshReader reader = new(decidedBlock);
        reader.Version(DecidedBlock.Version);
        return Decision.Decode(ref reader);
    }
}
