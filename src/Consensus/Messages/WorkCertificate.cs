using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// A block's proof of work and the k headers above it: what it costs to make them is what the certificate is worth. It
/// shows that the work was done; that no heavier chain exists, only the network can say (docs/spec/pow.md, W16).
/// </summary>
/// <param name="Above">By rising height, exactly k, each the child of the one before it.</param>
public sealed record WorkCertificate(
    Height Height, Hash32 BlockHash, WorkSeal Seal, IReadOnlyList<SealedHeader> Above) : FinalityCertificate
{
    /// <inheritdoc/>
    public override Height Height { get; init; } = Height;

    /// <inheritdoc/>
    public override Hash32 BlockHash { get; init; } = BlockHash;

    /// <inheritdoc/>
    public override int Signatures => Above.Count + 1;

    /// <inheritdoc/>
    public override void Encode(BorshWriter writer)
    {
        writer.I64(Height.Value);
        writer.Hash32(BlockHash);
        Seal.Encode(writer);
        writer.Count(Above.Count);
        foreach (SealedHeader header in Above)
        {
            header.Encode(writer);
        }
    }

    /// <summary>Reads a certificate, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static WorkCertificate Decode(ref BorshReader reader)
    {
        Height height = WireFields.ReadHeight(ref reader);
        Hash32 hash = reader.Hash32();
        WorkSeal seal = WorkSeal.Decode(ref reader);
        int count = reader.Count(Ledger.Limits.MaxFinalDepth, SealedHeader.MinBytes);
        List<SealedHeader> above = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            above.Add(SealedHeader.Decode(ref reader));
        }

        return new WorkCertificate(height, hash, seal, above);
    }
}
