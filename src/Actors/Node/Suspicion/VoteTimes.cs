using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>When each validator's first vote of the last heights arrived, by its place in the set.</summary>
internal sealed class VoteTimes(ValidatorSet set)
{
    private readonly SortedDictionary<long, Instant?[]> _heights = [];
    private ValidatorSet _set = set;
    private Instant?[]? _spare;
    private Height _taken;

    /// <summary>Another set, in which places mean others: who is in both keeps its votes.</summary>
    public void Adopt(ValidatorSet next)
    {
        foreach (long height in _heights.Keys.ToArray())
        {
            Instant?[] before = _heights[height];
            Instant?[] after = new Instant?[next.Count];
            for (int i = 0; i < before.Length; i++)
            {
                if (next.IndexOf(_set[new ValidatorIndex(i)].Key) is { } place)
                {
                    after[place.Value] = before[i];
                }
            }

            _heights[height] = after;
        }

        _set = next;
        _spare = null;
    }

    public void Voted(Height height, ValidatorIndex voter, Instant now)
    {
        if (height <= _taken)
        {
            return;
        }

        if (!_heights.TryGetValue(height.Value, out Instant?[]? votes))
        {
            votes = _spare ?? new Instant?[_set.Count];
            _spare = null;
            _heights.Add(height.Value, votes);
            while (_heights.Count > SuspicionLimits.KeptHeights)
            {
                // Rather the far future than what is awaited: anybody can vote at any height.
                _heights.Remove(Highest());
            }
        }

        votes[voter.Value] ??= now;
    }

    /// <summary>Lets go of a height and of all below.</summary>
    /// <returns>Null when it has no votes.</returns>
    public Instant?[]? Take(Height height)
    {
        _taken = height > _taken ? height : _taken;
        Instant?[]? taken = _heights.GetValueOrDefault(height.Value);
        List<long> over = [];
        foreach (long kept in _heights.Keys)
        {
            if (kept <= height.Value)
            {
                over.Add(kept);
            }
        }

        over.ForEach(old => _heights.Remove(old));
        return taken;
    }

    /// <summary>Takes back what <see cref="Take"/> gave, for a later height.</summary>
    public void Reuse(Instant?[] votes)
    {
        Array.Clear(votes);
        _spare = votes;
    }

    /// <summary>The lower one of two in the middle.</summary>
    /// <param name="times">At least one; they are sorted.</param>
    public static Instant Median(List<Instant> times)
    {
        times.Sort();
        return times[(times.Count - 1) / 2];
    }

    private long Highest()
    {
        long highest = 0;
        foreach (long height in _heights.Keys)
        {
            highest = height;
        }

        return highest;
    }
}
