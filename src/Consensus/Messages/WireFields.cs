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

    public static void WriteClaim(BorshWriter writer, PreparedClaim? claim)
    {
        writer.Option(claim is not null);
        if (claim is not null)
        {
            writer.U32((uint)claim.View.Value);
            writer.Hash32(claim.BlockHash);
        }
    }

    public static PreparedClaim? ReadClaim(ref BorshReader reader) =>
        reader.Option() ? new PreparedClaim(ReadView(ref reader), reader.Hash32()) : null;
}
