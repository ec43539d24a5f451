using System;
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
        if (!power.IsQuorum(Weigh(votes, power)))
        {
            return null;
        }

        foreach (SignedMessage candidate in votes)
        {
            List<SignedMessage> same = votes.FindAll(vote => vote.Message == candidate.Message);
            if (power.IsQuorum(Weigh(same, power)) && candidate.Message is ConsensusMessage.CheckpointVote state)
            {
                return new CheckpointCertificate(
                    height, state.StateRoot, state.ReceiptsRoot, state.NextValidators, First(same, power));
            }
        }

        return null;
    }

    /// <summary>The first votes that make a quorum.</summary>
    private static List<VoteSignature> First(List<SignedMessage> votes, VotingPower power)
    {
        List<VoteSignature> first = [];
        UInt128 weight = 0;
        for (int i = 0; !power.IsQuorum(weight); i++)
        {
            first.Add(new VoteSignature(votes[i].Sender, votes[i].Signature));
            weight += power.Of(votes[i].Sender);
        }

        return first;
    }

    private static UInt128 Weigh(List<SignedMessage> votes, VotingPower power)
    {
        UInt128 weight = 0;
        foreach (SignedMessage vote in votes)
        {
            weight += power.Of(vote.Sender);
        }

        return weight;
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
            foreach (SignedMessage vote in votes)
            {
                if (vote.Message.Height == height)
                {
                    found.Add(vote);
                }
            }
        }

        return found;
    }
}
