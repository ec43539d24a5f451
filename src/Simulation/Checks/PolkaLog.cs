using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Which blocks honest stakeholders have prevoted, over all nodes. What liars say to whom nobody can know, so they
/// count for every block.
/// </summary>
/// <param name="setOf">Who decides a height.</param>
/// <param name="isLiar">Whose votes count for everything.</param>
internal sealed class PolkaLog(Func<Height, ValidatorSet> setOf, Func<PublicKey, bool> isLiar)
{
    /// <summary>No honest node prevotes so far below the highest height for the first time.</summary>
    private const int KeptHeights = 32;

    private readonly SortedDictionary<long, Dictionary<(int Round, Hash32 Block), HashSet<PublicKey>>> _heights = [];

    public void Note(PublicKey voter, Height height, View round, Hash32 block)
    {
        if (!_heights.TryGetValue(height.Value, out var votes))
        {
            votes = [];
            _heights.Add(height.Value, votes);
            if (_heights.Count > KeptHeights)
            {
                _heights.Remove(_heights.Keys.First());
            }
        }

        if (!votes.TryGetValue((round.Value, block), out HashSet<PublicKey>? voters))
        {
            voters = [];
            votes.Add((round.Value, block), voters);
        }

        voters.Add(voter);
    }

    /// <summary>A quorum may have prevoted the block in one of these rounds.</summary>
    /// <param name="from">The first of the rounds.</param>
    /// <param name="below">The round after the last of them.</param>
    public bool MayExist(Height height, int from, int below, Hash32 block)
    {
        if (!_heights.TryGetValue(height.Value, out var votes))
        {
            return false;
        }

        VotingPower power = new(setOf(height), QuorumRule.Power);
        foreach (((int round, Hash32 voted), HashSet<PublicKey> voters) in votes)
        {
            if (voted == block && round >= from && round < below && power.IsQuorum(PowerOf(power, height, voters)))
            {
                return true;
            }
        }

        return false;
    }

    private UInt128 PowerOf(VotingPower power, Height height, HashSet<PublicKey> voters)
    {
        ValidatorSet set = setOf(height);
        UInt128 sum = 0;
        for (int i = 0; i < set.Count; i++)
        {
            ValidatorIndex index = new(i);
            sum += voters.Contains(set[index].Key) || isLiar(set[index].Key) ? power.Of(index) : 0;
        }

        return sum;
    }
}
