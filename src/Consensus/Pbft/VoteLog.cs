using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>
/// The votes of one kind at one height: of each sender its first vote in each view, and only its highest views, so that
/// a liar fills nothing but its own few places. Equal votes are counted as they come: whether there is a quorum is
/// asked for each message.
/// </summary>
internal sealed class VoteLog(int validators)
{
    private readonly Vote?[] _highest = new Vote?[validators];
    private readonly List<Tally> _tallies = [];

    /// <param name="message">A vote of this kind.</param>
    /// <returns>False when it changes nothing: the sender voted in this view, or in enough higher ones.</returns>
    public bool Add(SignedMessage message, View view, Hash32 block)
    {
        // R23
        Vote? above = null;
        Vote? below = _highest[message.Sender.Value];
        int higher = 0;
        while (below is not null && below.Tally.View > view)
        {
            above = below;
            below = below.Lower;
            higher++;
        }

        if (below?.Tally.View == view || higher == Limits.MaxVotedViews)
        {
            return false;
        }

        Vote added = new(Count(view, block), message) { Lower = below };
        if (above is null)
        {
            _highest[message.Sender.Value] = added;
        }
        else
        {
            above.Lower = added;
        }

        DropBeyond(_highest[message.Sender.Value]!);
        return true;
    }

    /// <summary>The votes of the first <paramref name="quorum"/> signers for one block in one view, or null.</summary>
    public IReadOnlyList<VoteSignature>? Quorum(View view, Hash32 block, int quorum)
    {
        if (Find(view, block) is not { } tally || tally.Count < quorum)
        {
            return null;
        }

        List<VoteSignature> found = new(quorum);
        for (int i = 0; i < _highest.Length && found.Count < quorum; i++)
        {
            for (Vote? vote = _highest[i]; vote is not null; vote = vote.Lower)
            {
                if (vote.Tally == tally)
                {
                    found.Add(new VoteSignature(new ValidatorIndex(i), vote.Signature));
                }
            }
        }

        return found;
    }

    /// <summary>Whether the sender voted in this view or a higher one.</summary>
    public bool HasVotedFrom(ValidatorIndex sender, View view) =>
        _highest[sender.Value] is { } last && last.Tally.View >= view;

    public void WriteTo(BorshWriter writer)
    {
        foreach (Vote? highest in _highest)
        {
            List<Vote> rising = [];
            for (Vote? vote = highest; vote is not null; vote = vote.Lower)
            {
                rising.Insert(0, vote);
            }

            writer.Count(rising.Count);
            foreach (Vote vote in rising)
            {
                writer.I64(vote.Tally.View.Value);
                writer.Hash32(vote.Tally.Block);
                writer.Signature(vote.Signature);
            }
        }
    }

    /// <summary>Of a sender that has one vote too many the lowest goes.</summary>
    private void DropBeyond(Vote highest)
    {
        Vote last = highest;
        for (int kept = 1; last.Lower is { } lower; kept++)
        {
            if (kept == Limits.MaxVotedViews)
            {
                last.Lower = null;
                if (--lower.Tally.Count == 0)
                {
                    _tallies.Remove(lower.Tally);
                }

                return;
            }

            last = lower;
        }
    }

    private Tally? Find(View view, Hash32 block)
    {
        foreach (Tally tally in _tallies)
        {
            if (tally.View == view && tally.Block == block)
            {
                return tally;
            }
        }

        return null;
    }

    private Tally Count(View view, Hash32 block)
    {
        if (Find(view, block) is not { } tally)
        {
            tally = new Tally(view, block);
            _tallies.Add(tally);
        }

        tally.Count++;
        return tally;
    }

    /// <summary>What at least one validator voted for.</summary>
    private sealed class Tally(View view, Hash32 block)
    {
        public View View => view;

        public Hash32 Block => block;

        public int Count { get; set; }
    }

    /// <param name="message">By reference: it is one object for all nodes of a process that share what they decode.
    /// </param>
    private sealed class Vote(Tally tally, SignedMessage message)
    {
        public Tally Tally => tally;

        public Signature Signature => message.Signature;

        /// <summary>The same sender's vote in the next lower view.</summary>
        public Vote? Lower { get; set; }
    }
}
