using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>When each validator's first vote of the last heights arrived.</summary>
internal sealed class VoteTimes
{
    private readonly SortedDictionary<long, Dictionary<PublicKey, Instant>> _heights = [];
    private Dictionary<PublicKey, Instant>? _spare;
    private Height _taken;

    /// <param name="expected">How many validators will vote, more or less.</param>
    public void Voted(Height height, PublicKey voter, Instant now, int expected)
    {
        if (height <= _taken)
        {
            return;
        }

        if (!_heights.TryGetValue(height.Value, out Dictionary<PublicKey, Instant>? votes))
        {
            votes = _spare ?? new Dictionary<PublicKey, Instant>(expected);
            _spare = null;
            _heights.Add(height.Value, votes);
            while (_heights.Count > SuspicionLimits.KeptHeights)
            {
                // Rather the far future than what is awaited: anybody can vote at any height.
                _heights.Remove(Highest());
            }
        }

        votes.TryAdd(voter, now);
    }

    /// <summary>Lets go of a height and of all below.</summary>
    /// <returns>Null when it has no votes.</returns>
    public Dictionary<PublicKey, Instant>? Take(Height height)
    {
        _taken = height > _taken ? height : _taken;
        Dictionary<PublicKey, Instant>? taken = _heights.GetValueOrDefault(height.Value);
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
    public void Reuse(Dictionary<PublicKey, Instant> votes)
    {
        votes.Clear();
        _spare = votes;
    }

    /// <summary>The lower one of two in the middle.</summary>
    public static Instant Median(IReadOnlyCollection<Instant> times)
    {
        Instant[] sorted = [.. times];
        Array.Sort(sorted);
        return sorted[(sorted.Length - 1) / 2];
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
