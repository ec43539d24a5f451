using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// A quorum's <see cref="ConsensusMessage.Prepare"/> signatures on one block in one view, under PoS its
/// <see cref="ConsensusMessage.Prevote"/> signatures.
/// </summary>
/// <param name="Votes">By rising signer, at least a quorum.</param>
public sealed record PreparedCertificate(Height Height, View View, Hash32 BlockHash, IReadOnlyList<VoteSignature> Votes)
{
    /// <summary>Under PoS, what all of its prevotes name as the valid round; never there under PBFT.</summary>
    public View? ValidRound { get; init; }

    /// <summary>The form of PBFT.</summary>
    public void Encode(BorshWriter writer)
    {
        writer.I64(Height.Value);
        writer.U32((uint)View.Value);
        writer.Hash32(BlockHash);
        WireFields.WriteVotes(writer, Votes);
    }

    /// <summary>The form of PoS, with the valid round.</summary>
    public void EncodePolka(BorshWriter writer)
    {
        writer.I64(Height.Value);
        writer.U32((uint)View.Value);
        writer.Hash32(BlockHash);
        WritePolka(writer);
    }

    /// <summary>Reads a certificate of PoS, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static PreparedCertificate DecodePolka(ref BorshReader reader)
    {
        Height height = WireFields.ReadHeight(ref reader);
        View round = WireFields.ReadView(ref reader);
        return ReadPolka(height, round, reader.Hash32(), ref reader);
    }

    /// <summary>Reads what a message has of a polka beside its statement: valid round and votes.</summary>
    internal static PreparedCertificate ReadPolka(Height height, View round, Hash32 block, ref BorshReader reader)
    {
        View? validRound = WireFields.ReadValidRound(ref reader, round);
        return new PreparedCertificate(height, round, block, WireFields.ReadVotes(ref reader))
        {
            ValidRound = validRound,
        };
    }

    /// <summary>Writes what <see cref="ReadPolka"/> reads.</summary>
    internal void WritePolka(BorshWriter writer)
    {
        WireFields.WriteValidRound(writer, ValidRound);
        WireFields.WriteVotes(writer, Votes);
    }

    /// <summary>Reads a certificate of PBFT, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static PreparedCertificate Decode(ref BorshReader reader) => new(
        WireFields.ReadHeight(ref reader),
        WireFields.ReadView(ref reader),
        reader.Hash32(),
        WireFields.ReadVotes(ref reader));
}
