using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>The fields that several messages and certificates share.</summary>
internal static class WireFields
{
    private const int VoteBytes = sizeof(ushort) + Signature.Size;

    public static Height ReadHeight(ref BorshReader reader) => new(reader.I64(1, Limits.MaxHeight));

    public static View ReadView(ref BorshReader reader)
    {
        uint value = reader.U32();
        if (value <= Limits.MaxView)
        {
            return new View((int)value);
        }

        reader.Fail(CodecError.OutOfRange);
        return View.Zero;
    }

    public static Difficulty ReadDifficulty(ref BorshReader reader) =>
        new(reader.I64(Ledger.Limits.MinDifficulty, Ledger.Limits.MaxDifficulty));

    /// <summary>Reads an index above the one before it, so that nobody is counted twice.</summary>
    public static ValidatorIndex ReadSigner(ref BorshReader reader, int previous)
    {
        int value = reader.U16();
        if (value >= Ledger.Limits.MaxValidators)
        {
            reader.Fail(CodecError.OutOfRange);
        }
        else if (value <= previous)
        {
            reader.Fail(CodecError.NotSorted);
        }

        return new ValidatorIndex(value);
    }

    public static void WriteVotes(BorshWriter writer, IReadOnlyList<VoteSignature> votes)
    {
        writer.Reserve(sizeof(uint) + (votes.Count * VoteBytes));
        writer.Count(votes.Count);
        foreach (VoteSignature vote in votes)
        {
            writer.U16((ushort)vote.Signer.Value);
            writer.Signature(vote.Signature);
        }
    }

    public static IReadOnlyList<VoteSignature> ReadVotes(ref BorshReader reader)
    {
        int count = reader.Count(Ledger.Limits.MaxValidators, VoteBytes);
        List<VoteSignature> votes = new(count);
        int previous = -1;
        for (int i = 0; i < count && reader.Ok; i++)
        {
            ValidatorIndex signer = ReadSigner(ref reader, previous);
            previous = signer.Value;
            votes.Add(new VoteSignature(signer, reader.Signature()));
        }

        return votes;
    }

    public static void WriteClaims(BorshWriter writer, IReadOnlyList<PreparedClaim?> claims)
    {
        writer.Count(claims.Count);
        foreach (PreparedClaim? claim in claims)
        {
            writer.Option(claim is not null);
            if (claim is not null)
            {
                writer.U32((uint)claim.View.Value);
                writer.Hash32(claim.BlockHash);
            }
        }
    }

    /// <summary>Reads claims of rising heights; the last one must be one, so that there is one form only.</summary>
    public static IReadOnlyList<PreparedClaim?> ReadClaims(ref BorshReader reader)
    {
        int count = reader.Count(Ledger.Limits.MaxConsensusWindow, 1);
        List<PreparedClaim?> claims = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            claims.Add(reader.Option() ? new PreparedClaim(ReadView(ref reader), reader.Hash32()) : null);
        }

        if (reader.Ok && claims.Count > 0 && claims[^1] is null)
        {
            reader.Fail(CodecError.OutOfRange);
        }

        return claims;
    }

    public static void WriteDecided(BorshWriter writer, IReadOnlyList<CommitCertificate> decided)
    {
        writer.Count(decided.Count);
        foreach (CommitCertificate certificate in decided)
        {
            certificate.Encode(writer);
        }
    }

    public static IReadOnlyList<CommitCertificate> ReadDecided(ref BorshReader reader)
    {
        int count = reader.Count(Ledger.Limits.MaxConsensusWindow, 1);
        List<CommitCertificate> decided = new(count);
        for (int i = 0; i < count && reader.Ok; i++)
        {
            decided.Add(CommitCertificate.Decode(ref reader));
        }

        return decided;
    }

    public static void WritePrepared(BorshWriter writer, PreparedBlock prepared)
    {
        prepared.Certificate.Encode(writer);
        prepared.Block.Encode(writer);
    }

    /// <returns>Null when the bytes are none, or the block is not the one of the certificate.</returns>
    public static PreparedBlock? ReadPrepared(ref BorshReader reader)
    {
        PreparedCertificate certificate = PreparedCertificate.Decode(ref reader);
        return Block.Decode(ref reader) is { } block
            && block.Hash == certificate.BlockHash && block.Height == certificate.Height
            ? new PreparedBlock(certificate, block)
            : null;
    }
}
