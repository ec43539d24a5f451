using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Compares the own state after each height with what the other validators sign.</summary>
internal sealed class CheckpointKeeper
{
    private readonly List<ConsensusMessage.CheckpointVote> _own = [];
    private readonly List<SignedMessage>[] _bySender;

    public CheckpointKeeper(int validators)
    {
        _bySender = new List<SignedMessage>[validators];
        for (int i = 0; i < validators; i++)
        {
            _bySender[i] = new List<SignedMessage>(Limits.MaxCheckpointVotesPerSender);
        }
    }

    /// <summary>The highest height of which a certificate was made.</summary>
    public Height Certified { get; private set; }

    /// <summary>This node's last vote.</summary>
    public ConsensusMessage.CheckpointVote? OwnVote { get; set; }

    public ConsensusMessage.CheckpointVote? OwnAt(Height height) => _own.Find(state => state.Height == height);

    public void AddOwn(ConsensusMessage.CheckpointVote state)
    {
        if (OwnAt(state.Height) is not null)
        {
            return;
        }

        _own.Add(state);
        if (_own.Count > Limits.MaxRecentRoots)
        {
            // R23, POS-22
            _own.RemoveAt(0);
        }
    }

    /// <returns>False when it changes nothing.</returns>
    public bool Add(SignedMessage message)
    {
        // R23, POS-22
        List<SignedMessage> votes = _bySender[message.Sender.Value];
        Height height = message.Message.Height;
        if (height <= Certified || votes.Exists(vote => vote.Message.Height == height))
        {
            return false;
        }

        votes.Add(message);
        votes.Sort((left, right) => left.Message.Height.CompareTo(right.Message.Height));
        if (votes.Count > Limits.MaxCheckpointVotesPerSender)
        {
            votes.RemoveAt(0);
        }

        return true;
    }

    /// <summary>What a quorum says about a height that this node has executed; null without a quorum.</summary>
    public CheckpointCertificate? Quorum(Height height, VotingPower power)
    {
        // R21, POS-20
        List<SignedMessage> votes = VotesAt(height);
        foreach (SignedMessage candidate in votes)
        {
            List<VoteSignature> same = new(votes.Count);
            foreach (SignedMessage vote in votes)
            {
                if (vote.Message == candidate.Message && !power.IsQuorum(same))
                {
                    same.Add(new VoteSignature(vote.Sender, vote.Signature));
                }
            }

            if (power.IsQuorum(same) && candidate.Message is ConsensusMessage.CheckpointVote state)
            {
                return new CheckpointCertificate(
                    height, state.StateRoot, state.ReceiptsRoot, state.NextValidators, same);
            }
        }

        return null;
    }

    public void MarkCertified(Height height)
    {
        Certified = height;
        foreach (List<SignedMessage> votes in _bySender)
        {
            votes.RemoveAll(vote => vote.Message.Height <= height);
        }
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.I64(Certified.Value);
        writer.I64(OwnVote?.Height.Value ?? 0);
        writer.Count(_own.Count);
        foreach (ConsensusMessage.CheckpointVote state in _own)
        {
            writer.Fixed(Statement.Of(state));
        }

        foreach (List<SignedMessage> votes in _bySender)
        {
            writer.Count(votes.Count);
            foreach (SignedMessage vote in votes)
            {
                vote.Encode(writer);
            }
        }
    }

    private List<SignedMessage> VotesAt(Height height)
    {
        List<SignedMessage> found = [];
        foreach (List<SignedMessage> votes in _bySender)
        {
            found.AddRange(votes.FindAll(vote => vote.Message.Height == height));
        }

        return found;
    }
}
