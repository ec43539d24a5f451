using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>What a sentinel writes down of a height at which views changed or somebody lied.</summary>
public static class StatementRecord
{
    private const ushort Version = 1;
    private const int MaxStatements = Ledger.Limits.MaxValidators * Limits.MaxWatchedStatements;
    private const int StatementBytes = PublicKey.Size + 4 + Signature.Size;

    public static byte[] Encode(IReadOnlyList<(PublicKey Signer, SignedStatement Signed)> statements)
    {
        BorshWriter writer = new();
        writer.Version(Version);
        writer.Count(statements.Count);
        foreach ((PublicKey signer, SignedStatement signed) in statements)
        {
            writer.PublicKey(signer);
            signed.Encode(writer);
        }

        return writer.ToArray();
    }

    /// <returns>Null when the bytes are no such record. The signatures are not verified.</returns>
    public static IReadOnlyList<(PublicKey Signer, SignedStatement Signed)>? Decode(ReadOnlySpan<byte> bytes)
    {
        BorshReader reader = new(bytes);
        reader.Version(Version);
        int count = reader.Count(MaxStatements, StatementBytes);
        List<(PublicKey, SignedStatement)> statements = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            statements.Add((reader.PublicKey(), SignedStatement.Decode(ref reader)));
        }

        return reader.End() ? statements : null;
    }
}
