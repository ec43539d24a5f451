using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>
/// The prevotes, or the precommits, of one height: of each sender its first vote in each round, and only its highest
/// rounds, so that a liar fills nothing but its own few places.
/// </summary>
internal sealed class BallotLog
{
    private readonly VotingPower _power;
    private readonly List<Ballot>[] _bySender;

    public BallotLog(VotingPower power)
    {
        _power = power;
        _bySender = new List<Ballot>[power.Validators];
        for (int i = 0; i < _bySender.Length; i++)
        {
            _bySender[i] = new List<Ballot>(1);
        }
    }

    /// <param name="sender">A validator of the set.</param>
    /// <param name="choice">Null is a vote for none.</param>
    /// <returns>False when it changes nothing: the sender voted in this round, or in enough higher ones.</returns>
    public bool Add(ValidatorIndex sender, View round, Choice? choice, Signature signature)
    {
        // POS-22
        List<Ballot> ballots = _bySender[sender.Value];
        int at = ballots.Count;
        while (at > 0 && ballots[at - 1].Round > round)
        {
            at--;
        }

        bool known = at > 0 && ballots[at - 1].Round == round;
        if (known || (at == 0 && ballots.Count == Limits.MaxVotedViews))
        {
            return false;
        }

        ballots.Insert(at, new Ballot(round, choice, signature));
        if (ballots.Count > Limits.MaxVotedViews)
        {
            ballots.RemoveAt(0);
        }

        return true;
    }

    /// <summary>The first quorum's votes for one choice, or for none, in one round; null without a quorum.</summary>
    public IReadOnlyList<VoteSignature>? Quorum(View round, Choice? choice)
    {
        // POS-26
        if (!_power.IsQuorum(Weight(round, choice)))
        {
            return null;
        }

        List<VoteSignature> found = [];
        UInt128 power = 0;
        for (int i = 0; !_power.IsQuorum(power); i++)
        {
            if (Find(i, round) is { } ballot && ballot.Choice == choice)
            {
                ValidatorIndex sender = new(i);
                found.Add(new VoteSignature(sender, ballot.Signature));
                power += _power.Of(sender);
            }
        }

        return found;
    }

    private UInt128 Weight(View round, Choice? choice)
    {
        UInt128 power = 0;
        for (int i = 0; i < _bySender.Length; i++)
        {
            foreach (Ballot ballot in _bySender[i])
            {
                power += ballot.Round == round && ballot.Choice == choice ? _power.Of(new ValidatorIndex(i)) : 0;
            }
        }

        return power;
    }

    /// <summary>A quorum voted in this round, whatever for.</summary>
    public bool HasQuorum(View round)
    {
        UInt128 power = 0;
        for (int i = 0; i < _bySender.Length; i++)
        {
            power += Find(i, round) is not null ? _power.Of(new ValidatorIndex(i)) : 0;
        }

        return _power.IsQuorum(power);
    }

    /// <summary>No block can get a quorum in this round, whatever those vote that have not been heard yet.</summary>
    public bool IsHopeless(View round)
    {
        // POS-24
        UInt128 open = 0;
        for (int i = 0; i < _bySender.Length; i++)
        {
            open += Find(i, round) is null ? _power.Of(new ValidatorIndex(i)) : 0;
        }

        if (_power.IsQuorum(open))
        {
            return false;
        }

        Choice? last = null;
        for (int i = 0; i < _bySender.Length; i++)
        {
            if (Find(i, round)?.Choice is { } choice && choice != last)
            {
                last = choice;
                if (_power.IsQuorum(open + Weight(round, choice)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>What got votes in this round, by rising sender of the first.</summary>
    public List<Choice> Candidates(View round)
    {
        List<Choice> choices = [];
        for (int i = 0; i < _bySender.Length; i++)
        {
            if (Find(i, round)?.Choice is { } choice && !choices.Contains(choice))
            {
                choices.Add(choice);
            }
        }

        return choices;
    }

    public void WriteTo(BorshWriter writer)
    {
        foreach (List<Ballot> ballots in _bySender)
        {
            writer.Count(ballots.Count);
            foreach (Ballot ballot in ballots)
            {
                writer.I64(ballot.Round.Value);
                writer.Option(ballot.Choice is not null);
                writer.Hash32(ballot.Choice?.Block ?? Hash32.Zero);
                WireFields.WriteValidRound(writer, ballot.Choice?.ValidRound);
                writer.Signature(ballot.Signature);
            }
        }
    }

    private Ballot? Find(int sender, View round)
    {
        foreach (Ballot ballot in _bySender[sender])
        {
            if (ballot.Round == round)
            {
                return ballot;
            }
        }

        return null;
    }

    private readonly record struct Ballot(View Round, Choice? Choice, Signature Signature);
}
