using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Why a leader may propose in a view above 0: a quorum's view changes to that view, and the certificate of the highest
/// prepared view that any of them claims. The other claims need no proof: only the highest one binds the leader.
/// </summary>
/// <param name="View">The new view, from 1.</param>
/// <param name="Votes">By rising signer, at least a quorum.</param>
/// <param name="Highest">Null if and only if no vote claims a prepared block: then the leader is free.</param>
public sealed record NewView(View View, IReadOnlyList<ViewChangeVote> Votes, PreparedCertificate? Highest)
{
    private const int MinVoteBytes = sizeof(ushort) + 1 + Signature.Size;

    public void Encode(BorshWriter writer)
    {
        writer.U32((uint)View.Value);
        writer.Count(Votes.Count);
        foreach (ViewChangeVote vote in Votes)
        {
            writer.U16((ushort)vote.Signer.Value);
            WireFields.WriteClaim(writer, vote.Prepared);
            writer.Signature(vote.Signature);
        }

        writer.Option(Highest is not null);
        Highest?.Encode(writer);
    }

    /// <summary>Reads a justification, unverified; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static NewView Decode(ref BorshReader reader)
    {
        View view = WireFields.ReadView(ref reader);
        int count = reader.Count(Ledger.Limits.MaxValidators, MinVoteBytes);
        List<ViewChangeVote> votes = new(count);
        int previous = -1;
        for (int i = 0; i < count && reader.Ok; i++)
        {
            ValidatorIndex signer = WireFields.ReadSigner(ref reader, previous);
            previous = signer.Value;
            votes.Add(new ViewChangeVote(signer, WireFields.ReadClaim(ref reader), reader.Signature()));
        }

        PreparedCertificate? highest = reader.Option() ? PreparedCertificate.Decode(ref reader) : null;
        return new NewView(view, votes, highest);
    }
}
