using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>
/// The view changes of one set: of each sender the one to the highest view, there of its highest height.
/// </summary>
internal sealed class ViewChangeLog(int validators)
{
    private readonly SignedMessage?[] _bySender = new SignedMessage?[validators];

    /// <returns>False when the sender has asked for this view from this height on, or for a higher one.</returns>
    public bool Add(SignedMessage message)
    {
        // R23
        SignedMessage? known = _bySender[message.Sender.Value];
        if (known is not null && (ViewOf(known), known.Message.Height).CompareTo(
            (ViewOf(message), message.Message.Height)) >= 0)
        {
            return false;
        }

        _bySender[message.Sender.Value] = message;
        return true;
    }

    /// <summary>How many ask for this view or a higher one.</summary>
    public int CountFrom(View view)
    {
        int count = 0;
        foreach (SignedMessage? message in _bySender)
        {
            count += message is not null && ViewOf(message) >= view ? 1 : 0;
        }

        return count;
    }

    /// <summary>The lowest view above <paramref name="current"/> when at least f + 1 validators ask for such.</summary>
    public View? ViewToJoin(View current, int maxFaulty)
    {
        // R12
        View? lowest = null;
        foreach (SignedMessage? message in _bySender)
        {
            if (message is not null && ViewOf(message) > current && (lowest is null || ViewOf(message) < lowest))
            {
                lowest = ViewOf(message);
            }
        }

        return CountFrom(current.Next) > maxFaulty ? lowest : null;
    }

    /// <summary>
    /// What a leader needs to open a view; null while fewer than a quorum ask for exactly that view from heights that
    /// are at most a window behind.
    /// </summary>
    public ConsensusMessage.OpenView? Open(View view, int quorum, int window)
    {
        // R15
        ConsensusMessage.ViewChange? furthest = null;
        foreach (SignedMessage? message in _bySender)
        {
            if (message?.Message is ConsensusMessage.ViewChange change && change.NewView == view
                && (furthest is null || change.Height > furthest.Height))
            {
                furthest = change;
            }
        }

        if (furthest is null)
        {
            return null;
        }

        List<ViewChangeVote> votes = new(_bySender.Length);
        List<ConsensusMessage.ViewChange> changes = new(_bySender.Length);
        foreach (SignedMessage? message in _bySender)
        {
            if (message?.Message is ConsensusMessage.ViewChange change && change.NewView == view
                && change.Height.Value + window >= furthest.Height.Value)
            {
                votes.Add(new ViewChangeVote(message.Sender, change.Height, change.Claims, message.Signature));
                changes.Add(change);
            }
        }

        return votes.Count < quorum
            ? null
            : new ConsensusMessage.OpenView(furthest.Height, view, Prefix(votes, changes, furthest));
    }

    public void WriteTo(BorshWriter writer)
    {
        foreach (SignedMessage? message in _bySender)
        {
            writer.Option(message is not null);
            message?.Encode(writer);
        }
    }

    private static NewViewProof Prefix(
        List<ViewChangeVote> votes, List<ConsensusMessage.ViewChange> changes, ConsensusMessage.ViewChange furthest)
    {
        // R15
        Hash32? parent = furthest.Decided.Count > 0 ? furthest.Decided[^1].BlockHash : null;
        List<PreparedBlock> chosen = [];
        PreparedBlock? cut = null;
        Height height = furthest.Height;
        while (cut is null && ViewChangeRules.HighestAt(votes, height) is { } claim)
        {
            PreparedBlock block = Claimed(changes, height, claim);
            if (parent is { } expected && block.Block.Header.Parent != expected)
            {
                cut = block;
            }
            else
            {
                chosen.Add(block);
                parent = block.Block.Hash;
                height = height.Next;
            }
        }

        return new NewViewProof(votes, furthest.Decided, chosen, cut);
    }

    private static PreparedBlock Claimed(
        List<ConsensusMessage.ViewChange> changes, Height height, PreparedClaim claim)
    {
        foreach (ConsensusMessage.ViewChange change in changes)
        {
            long at = height.Value - change.Height.Value;
            if (at >= 0 && at < change.Prepared.Count && change.Prepared[(int)at] is { } block && block.Claim == claim)
            {
                return block;
            }
        }

        throw new System.InvalidOperationException($"Nobody claims what was claimed at height {height}.");
    }

    private static View ViewOf(SignedMessage message) =>
        message.Message is ConsensusMessage.ViewChange change ? change.NewView : View.Zero;
}
