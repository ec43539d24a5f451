namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// Which two promises of one validator exclude each other, whatever else the validator has seen, and whether or not it
/// restarted in between: docs/spec/evidence.md says why for each rule.
/// </summary>
internal static class Contradiction
{
    /// <returns>Null when an honest validator may have signed both.</returns>
    public static EvidenceKind? Between(Promise first, Promise second)
    {
        if (first.Height != second.Height || first == second)
        {
            return null;
        }

        if (first.Tag == second.Tag && first.View == second.View)
        {
            // E1, E2, E3
            return first.IsProposal ? EvidenceKind.DoubleProposal
                : first.Tag == Statement.ViewChangeTag ? EvidenceKind.DoubleViewChange
                : EvidenceKind.DoubleVote;
        }

        if (first.View == second.View)
        {
            return NamesAnother(first, second) ? EvidenceKind.ContradictingVotes : null;
        }

        bool forgot = first.View < second.View ? Forgets(first, second) : Forgets(second, first);
        return forgot ? EvidenceKind.Amnesia : null;
    }

    private static bool NamesAnother(Promise first, Promise second)
    {
        // E4
        bool isOneBlockOnly = (IsPbftVote(first) && IsPbftVote(second)) || IsRoundOf(first, second)
            || IsRoundOf(second, first);
        return isOneBlockOnly && first.Block is { } one && second.Block is { } other && one != other;
    }

    private static bool IsPbftVote(Promise promise) =>
        promise.Tag is Statement.PrePrepareTag or Statement.PrepareTag or Statement.CommitTag;

    /// <summary>A proposal and its proposer's prevote, or the two votes of one round.</summary>
    private static bool IsRoundOf(Promise other, Promise prevote) =>
        prevote.Tag == Statement.PrevoteTag && other.Tag is Statement.ProposalTag or Statement.PrecommitTag;

    private static bool Forgets(Promise earlier, Promise later)
    {
        // E5
        if (later.Tag == Statement.PrevoteTag)
        {
            return VotesAgainst(earlier, later);
        }

        if (!later.TellsLock || LockAfter(earlier) is not { } held)
        {
            return false;
        }

        return later.Lock is not { } told || told.View < held.View
            || (told.View == held.View && told.BlockHash != held.BlockHash);
    }

    /// <summary>A prevote against the own lock, for a proposal whose valid round does not reach it.</summary>
    private static bool VotesAgainst(Promise earlier, Promise prevote)
    {
        // E5, and L23, L29 of PoS: a valid round that is as high as the lock's opens it
        bool isOther = earlier.Tag == Statement.PrecommitTag && earlier.Block is { } held
            && prevote.Block is { } voted && voted != held;
        return isOther && (prevote.Lock is not { } valid || valid.View < earlier.View);
    }

    /// <summary>
    /// The lock that its signer must have had when it signed this. A prevote says what another one's proposal rests on,
    /// which binds the voter to nothing.
    /// </summary>
    private static PreparedClaim? LockAfter(Promise promise) =>
        promise.Locks && promise.Block is { } block ? new PreparedClaim(promise.View, block)
            : promise.TellsLock ? promise.Lock : null;
}
