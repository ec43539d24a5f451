using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Why a leader may open a view, and what it must propose there: a quorum's view changes to that view, and for each
/// height from the first undecided one the block of the highest prepared view that any of them claims, up to the first
/// gap. Claims need no other proof: only the highest one of a height binds the leader.
/// </summary>
/// <param name="Votes">By rising signer, at least a quorum.</param>
/// <param name="Decided">
/// Certificates of the last decided heights, rising without a gap; empty if and only if nothing is decided.
/// </param>
/// <param name="Chosen">The prefix that is proposed again, from the first undecided height on.</param>
/// <param name="Cut">
/// The highest claim of the height after the prefix when it does not follow from the prefix: it ends it.
/// </param>
public sealed record NewViewProof(
    IReadOnlyList<ViewChangeVote> Votes,
    IReadOnlyList<CommitCertificate> Decided,
    IReadOnlyList<PreparedBlock> Chosen,
    PreparedBlock? Cut)
{
    private const int MinVoteBytes = sizeof(ushort) + sizeof(long) + sizeof(int) + Signature.Size;

    public void Encode(BorshWriter writer)
    {
        writer.Count(Votes.Count);
        foreach (ViewChangeVote vote in Votes)
        {
            writer.U16((ushort)vote.Signer.Value);
            writer.I64(vote.Height.Value);
            WireFields.WriteClaims(writer, vote.Prepared);
            writer.Signature(vote.Signature);
        }

        WireFields.WriteDecided(writer, Decided);
        writer.Count(Chosen.Count);
        foreach (PreparedBlock chosen in Chosen)
        {
            WireFields.WritePrepared(writer, chosen);
        }

        writer.Option(Cut is not null);
        if (Cut is not null)
        {
            WireFields.WritePrepared(writer, Cut);
        }
    }

    /// <summary>Reads a proof, unverified.</summary>
    /// <returns>Null when a block is none; else the caller checks <see cref="BorshReader.Ok"/>.</returns>
    public static NewViewProof? Decode(ref BorshReader reader)
    {
        int count = reader.Count(Ledger.Limits.MaxValidators, MinVoteBytes);
        List<ViewChangeVote> votes = new(count);
        int previous = -1;
        for (int i = 0; i < count && reader.Ok; i++)
        {
            ValidatorIndex signer = WireFields.ReadSigner(ref reader, previous);
            previous = signer.Value;
            votes.Add(new ViewChangeVote(
                signer, WireFields.ReadHeight(ref reader), WireFields.ReadClaims(ref reader), reader.Signature()));
        }

        IReadOnlyList<CommitCertificate> decided = WireFields.ReadDecided(ref reader);
        int prefix = reader.Count(Ledger.Limits.MaxConsensusWindow, 1);
        List<PreparedBlock> chosen = new(prefix);
        for (int i = 0; i < prefix && reader.Ok; i++)
        {
            if (WireFields.ReadPrepared(ref reader) is not { } block)
            {
                return null;
            }

            chosen.Add(block);
        }

        PreparedBlock? cut = null;
        if (reader.Option() && (cut = WireFields.ReadPrepared(ref reader)) is null)
        {
            return null;
        }

        return new NewViewProof(votes, decided, chosen, cut);
    }
}
