using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>
/// The votes of one kind at one height: of each sender its first vote in each view, and only its highest views, so that
/// a liar fills nothing but its own few places.
/// </summary>
internal sealed class VoteLog
{
    private readonly List<Vote>[] _bySender;

    public VoteLog(int validators)
    {
        _bySender = new List<Vote>[validators];
        for (int i = 0; i < validators; i++)
        {
            _bySender[i] = new List<Vote>(1);
        }
    }

    /// <returns>False when it changes nothing: the sender voted in this view, or in enough higher ones.</returns>
    public bool Add(ValidatorIndex sender, View view, Hash32 block, Signature signature)
    {
        // R23
        List<Vote> votes = _bySender[sender.Value];
        int at = votes.Count;
        while (at > 0 && votes[at - 1].View > view)
        {
            at--;
        }

        bool known = at > 0 && votes[at - 1].View == view;
        if (known || (at == 0 && votes.Count == Limits.MaxVotedViews))
        {
            return false;
        }

        votes.Insert(at, new Vote(view, block, signature));
        if (votes.Count > Limits.MaxVotedViews)
        {
            votes.RemoveAt(0);
        }

        return true;
    }

    /// <summary>The votes of the first <paramref name="quorum"/> signers for one block in one view, or null.</summary>
    public IReadOnlyList<VoteSignature>? Quorum(View view, Hash32 block, int quorum)
    {
        if (Count(view, block) < quorum)
        {
            return null;
        }

        List<VoteSignature> found = new(quorum);
        for (int i = 0; i < _bySender.Length && found.Count < quorum; i++)
        {
            foreach (Vote vote in _bySender[i])
            {
                if (vote.View == view && vote.Block == block)
                {
                    found.Add(new VoteSignature(new ValidatorIndex(i), vote.Signature));
                }
            }
        }

        return found;
    }

    private int Count(View view, Hash32 block)
    {
        int count = 0;
        foreach (List<Vote> votes in _bySender)
        {
            for (int i = 0; i < votes.Count; i++)
            {
                count += votes[i].View == view && votes[i].Block == block ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Whether the sender voted in this view or a higher one.</summary>
    public bool HasVotedFrom(ValidatorIndex sender, View view) =>
        _bySender[sender.Value] is [.., { } last] && last.View >= view;

    public void WriteTo(BorshWriter writer)
    {
        foreach (List<Vote> votes in _bySender)
        {
            writer.Count(votes.Count);
            foreach (Vote vote in votes)
            {
                writer.I64(vote.View.Value);
                writer.Hash32(vote.Block);
                writer.Signature(vote.Signature);
            }
        }
    }

    private readonly record struct Vote(View View, Hash32 Block, Signature Signature);
}
