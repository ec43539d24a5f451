using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>A batch's exact bytes, and the path that shows them to be in a block.</summary>
public sealed record BatchInBlock(MerkleProof Path, byte[] Batch)
{
    /// <param name="block">Of this block.</param>
    /// <param name="index">The batch's position in it.</param>
    /// <param name="batch">Its exact bytes.</param>
    public static BatchInBlock Of(Block block, int index, byte[] batch) =>
        new(MerkleTree.Prove([.. block.Batches], index), batch);

    internal bool IsIn(BlockHeader header) =>
        Path.LeafCount == header.BatchCount && Path.Verify(header.BatchesRoot, SignedBatch.HashOf(Batch));

    internal void Encode(BorshWriter writer)
    {
        Path.Encode(writer);
        writer.Bytes(Batch);
    }

    internal static BatchInBlock Decode(ref BorshReader reader) =>
        new(MerkleProof.Decode(ref reader), reader.Bytes(Ledger.Limits.MaxEvidenceBytes).ToArray());
}
