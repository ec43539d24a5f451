using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Checks what view changes and new views prove; how far apart their heights may be is the machine's.
/// </summary>
/// <param name="since">The first height of the set: below it, nothing is proved by its votes.</param>
internal sealed class ViewChangeRules(MessageVerifier verifier, ValidatorSet set, Height since)
{
    public MessageRefusal Check(ConsensusMessage.ViewChange message)
    {
        // R14
        MessageRefusal refusal = CheckDecided(message.Decided, message.Height);
        for (int i = 0; i < message.Prepared.Count && refusal == MessageRefusal.None; i++)
        {
            if (message.Prepared[i] is { } prepared)
            {
                refusal = prepared.Certificate.View < message.NewView
                    ? verifier.Check(prepared.Certificate, set)
                    : MessageRefusal.CertificateMismatch;
            }
        }

        return refusal;
    }

    public MessageRefusal Check(ConsensusMessage.OpenView message)
    {
        // R16
        MessageRefusal refusal = CheckVotes(message);
        if (refusal == MessageRefusal.None)
        {
            refusal = CheckDecided(message.Proof.Decided, message.Height);
        }

        return refusal == MessageRefusal.None ? CheckPrefix(message) : refusal;
    }

    /// <summary>The claim of the highest view at a height; null when nobody claims any.</summary>
    public static PreparedClaim? HighestAt(IReadOnlyList<ViewChangeVote> votes, Height height)
    {
        PreparedClaim? highest = null;
        foreach (ViewChangeVote vote in votes)
        {
            PreparedClaim? claim = vote.ClaimAt(height);
            highest = claim is not null && (highest is null || claim.View > highest.View) ? claim : highest;
        }

        return highest;
    }

    private MessageRefusal CheckVotes(ConsensusMessage.OpenView message)
    {
        IReadOnlyList<ViewChangeVote> votes = message.Proof.Votes;
        if (votes.Count < set.Quorum)
        {
            return MessageRefusal.NoQuorum;
        }

        int previous = -1;
        Height first = new(1);
        foreach (ViewChangeVote vote in votes)
        {
            if (!set.Contains(vote.Signer))
            {
                return MessageRefusal.UnknownSigner;
            }

            if (vote.Signer.Value <= previous)
            {
                return MessageRefusal.SignersNotSorted;
            }

            previous = vote.Signer.Value;
            first = vote.Height > first ? vote.Height : first;
            byte[] statement = Statement.ViewChange(vote.Height, message.View, vote.Prepared);
            if (!verifier.IsSigned(set[vote.Signer].Key, statement, vote.Signature))
            {
                return MessageRefusal.BadCertificateSignature;
            }
        }

        return first == message.Height ? MessageRefusal.None : MessageRefusal.CertificateMismatch;
    }

    /// <summary>The certificates rise without a gap up to the height before the first undecided one.</summary>
    private MessageRefusal CheckDecided(IReadOnlyList<CommitCertificate> decided, Height undecided)
    {
        if (decided.Count == 0)
        {
            // R10
            return undecided.Value == 1 || undecided == since
                ? MessageRefusal.None
                : MessageRefusal.CertificateMismatch;
        }

        for (int i = 0; i < decided.Count; i++)
        {
            if (decided[i].Height.Value != undecided.Value - decided.Count + i)
            {
                return MessageRefusal.CertificateMismatch;
            }

            MessageRefusal refusal = verifier.Check(decided[i], set);
            if (refusal != MessageRefusal.None)
            {
                return refusal;
            }
        }

        return MessageRefusal.None;
    }

    private MessageRefusal CheckPrefix(ConsensusMessage.OpenView message)
    {
        NewViewProof proof = message.Proof;
        Hash32? parent = proof.Decided.Count > 0 ? proof.Decided[^1].BlockHash : null;
        Height height = message.Height;
        foreach (PreparedBlock chosen in proof.Chosen)
        {
            MessageRefusal refusal = CheckHighest(chosen, height, message);
            if (refusal != MessageRefusal.None)
            {
                return refusal;
            }

            if (parent is { } expected && chosen.Block.Header.Parent != expected)
            {
                return MessageRefusal.HighestPreparedMismatch;
            }

            parent = chosen.Block.Hash;
            height = height.Next;
        }

        if (proof.Cut is { } cut)
        {
            return parent is { } last && cut.Block.Header.Parent != last
                ? CheckHighest(cut, height, message)
                : MessageRefusal.HighestPreparedMismatch;
        }

        return HighestAt(proof.Votes, height) is null ? MessageRefusal.None : MessageRefusal.HighestPreparedMismatch;
    }

    private MessageRefusal CheckHighest(PreparedBlock block, Height height, ConsensusMessage.OpenView message)
    {
        PreparedCertificate certificate = block.Certificate;
        bool isHighest = HighestAt(message.Proof.Votes, height) is { } claim && claim.View == certificate.View;
        bool fits = certificate.Height == height && certificate.View < message.View;
        return !isHighest || !fits ? MessageRefusal.HighestPreparedMismatch : verifier.Check(certificate, set);
    }
}
