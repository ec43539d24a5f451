using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>The receipts of one executed batch, one for each command in order.</summary>
public sealed record BatchReceipts(Hash32 Batch, IReadOnlyList<Receipt> Receipts)
{
    public const ushort Version = 1;

    public void Encode(BorshWriter writer)
    {
        writer.Version(Version);
        writer.Hash32(Batch);
        writer.Count(Receipts.Count);
        foreach (Receipt receipt in Receipts)
        {
            writer.U16((ushort)receipt.Error);
            writer.I64(receipt.Value);
        }
    }

    /// <summary>Reads receipts; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static BatchReceipts Decode(ref BorshReader reader)
    {
        reader.Version(Version);
        Hash32 batch = reader.Hash32();
        Receipt[] receipts = new Receipt[reader.Count(Limits.MaxCommandsPerBatch, 10)];
        for (int i = 0; i < receipts.Length; i++)
        {
            receipts[i] = new Receipt((LedgerError)reader.U16(), reader.I64());
        }

        return new BatchReceipts(batch, receipts);
    }
}
