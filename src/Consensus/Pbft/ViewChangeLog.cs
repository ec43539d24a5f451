using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>The view changes at one height: of each sender the one to the highest view.</summary>
internal sealed class ViewChangeLog(int validators)
{
    private readonly SignedMessage?[] _bySender = new SignedMessage?[validators];

    /// <returns>False when the sender has asked for this view or a higher one already.</returns>
    public bool Add(SignedMessage message)
    {
        // R23
        SignedMessage? known = _bySender[message.Sender.Value];
        if (known is not null && ViewOf(known) >= ViewOf(message))
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

    /// <summary>What a leader needs to open a view; null while fewer than a quorum ask for exactly that view.</summary>
    public NewViewProof? Proof(View view, int quorum)
    {
        // R14
        List<ViewChangeVote> votes = new(_bySender.Length);
        ConsensusMessage.ViewChange? highest = null;
        foreach (SignedMessage? message in _bySender)
        {
            if (message?.Message is ConsensusMessage.ViewChange change && change.NewView == view)
            {
                PreparedClaim? claim = Statement.ClaimOf(change.Prepared);
                votes.Add(new ViewChangeVote(message.Sender, claim, message.Signature));
                bool higher = change.Prepared is { } prepared
                    && (highest?.Prepared is not { } best || prepared.View > best.View);
                highest = higher ? change : highest;
            }
        }

        return votes.Count < quorum
            ? null
            : new NewViewProof(new NewView(view, votes, highest?.Prepared), highest?.Block);
    }

    public void WriteTo(BorshWriter writer)
    {
        foreach (SignedMessage? message in _bySender)
        {
            writer.Option(message is not null);
            message?.Encode(writer);
        }
    }

    private static View ViewOf(SignedMessage message) =>
        message.Message is ConsensusMessage.ViewChange change ? change.NewView : View.Zero;
}
