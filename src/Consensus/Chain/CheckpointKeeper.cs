using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Compares the own state after each height with what the other validators sign.</summary>
internal sealed class CheckpointKeeper
{
    private readonly List<ConsensusMessage.CheckpointVote> _own = [];
    private readonly List<SignedMessage>[] _bySender;
    private readonly VotingPower _power;

    /// <summary>The weight of the kept votes of each height that has any: no quorum is looked for before there can be
    /// one.</summary>
    private readonly Dictionary<Height, UInt128> _weights = [];

    public CheckpointKeeper(VotingPower power)
    {
        _power = power;
        _bySender = new List<SignedMessage>[power.Validators];
        for (int i = 0; i < _bySender.Length; i++)
        {
            _bySender[i] = new List<SignedMessage>(Limits.MaxCheckpointVotesPerSender);
        }
    }

    /// <summary>The highest height of which a certificate was made.</summary>
    public Height Certified { get; private set; }

    /// <summary>This node's last vote.</summary>
    public ConsensusMessage.CheckpointVote? OwnVote { get; set; }

    public ConsensusMessage.CheckpointVote? OwnAt(Height height)
    {
        // Most often the last one is asked for.
        for (int i = _own.Count - 1; i >= 0; i--)
        {
            if (_own[i].Height == height)
            {
                return _own[i];
            }
        }

        return null;
    }

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
        int at = votes.Count;
        while (at > 0 && votes[at - 1].Message.Height > height)
        {
            at--;
        }

        if (height <= Certified || (at > 0 && votes[at - 1].Message.Height == height))
        {
            return false;
        }

        votes.Insert(at, message);
        _weights[height] = _weights.GetValueOrDefault(height) + _power.Of(message.Sender);
        if (votes.Count > Limits.MaxCheckpointVotesPerSender)
        {
            Lighten(votes[0]);
            votes.RemoveAt(0);
        }

        return true;
    }

    /// <summary>A vote is no longer kept.</summary>
    private void Lighten(SignedMessage vote)
    {
        UInt128 rest = _weights[vote.Message.Height] - _power.Of(vote.Sender);
        if (rest == 0)
        {
            _weights.Remove(vote.Message.Height);
        }
        else
        {
            _weights[vote.Message.Height] = rest;
        }
    }

    /// <summary>What a quorum says about a height that this node has executed; null without a quorum.</summary>
    public CheckpointCertificate? Quorum(Height height)
    {
        // R21, POS-20
        if (!_power.IsQuorum(_weights.GetValueOrDefault(height)))
        {
            return null;
        }

        List<SignedMessage> votes = VotesAt(height);

        foreach (SignedMessage candidate in votes)
        {
            List<SignedMessage> same = votes.FindAll(vote => vote.Message == candidate.Message);
            if (_power.IsQuorum(Weigh(same)) && candidate.Message is ConsensusMessage.CheckpointVote state)
            {
                return new CheckpointCertificate(
                    height, state.StateRoot, state.ReceiptsRoot, state.NextValidators, First(same));
            }
        }

        return null;
    }

    /// <summary>The first votes that make a quorum.</summary>
    private List<VoteSignature> First(List<SignedMessage> votes)
    {
        List<VoteSignature> first = [];
        UInt128 weight = 0;
        for (int i = 0; !_power.IsQuorum(weight); i++)
        {
            first.Add(new VoteSignature(votes[i].Sender, votes[i].Signature));
            weight += _power.Of(votes[i].Sender);
        }

        return first;
    }

    private UInt128 Weigh(List<SignedMessage> votes)
    {
        UInt128 weight = 0;
        foreach (SignedMessage vote in votes)
        {
            weight += _power.Of(vote.Sender);
        }

        return weight;
    }

    public void MarkCertified(Height height)
    {
        Certified = height;
        foreach (List<SignedMessage> votes in _bySender)
        {
            while (votes.Count > 0 && votes[0].Message.Height <= height)
            {
                Lighten(votes[0]);
                votes.RemoveAt(0);
            }
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
