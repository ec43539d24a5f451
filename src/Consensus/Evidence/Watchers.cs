using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// To whom digests of some heights are told: so many members of a set that not all of them lie, whether each counts one
/// or by its power. All sentinels tell the same ones, so that whatever any two of them know meets there; telling
/// everybody would cost N / (f + 1) times as many frames, and with 100 validators be half of all there are.
/// </summary>
internal sealed class Watchers
{
    private readonly PublicKey[] _keys;

    private Watchers(ValidatorSet set, long block, int telling)
    {
        Set = set;
        Block = block;
        Telling = telling;
        VotingPower heads = new(set, QuorumRule.Heads);
        VotingPower power = new(set, QuorumRule.Power);
        long place = block * (set.MaxFaulty + 1);
        List<PublicKey> keys = [];
        for (int told = 0; told <= telling; told++)
        {
            keys.Clear();
            UInt128 weight = 0;
            while (keys.Count < set.Count
                && !(heads.IncludesHonest((UInt128)keys.Count) && power.IncludesHonest(weight)))
            {
                ValidatorIndex next = new((int)(place++ % set.Count));
                keys.Add(set[next].Key);
                weight += power.Of(next);
            }
        }

        _keys = [.. keys];
    }

    public ValidatorSet Set { get; }

    /// <summary>Heights of one block have the same ones, and fit into one frame.</summary>
    public long Block { get; }

    public int Telling { get; }

    /// <summary>In the order of the set, from another one on for each block.</summary>
    public IReadOnlyList<PublicKey> Keys => _keys;

    /// <param name="telling">The first one is 0. Each goes to others, as far as there are: what one misses, for a frame
    /// was lost or it was away, others get.</param>
    public static Watchers Of(ValidatorSet set, Height height, int telling) =>
        new(set, BlockOf(height), telling);

    public bool IsOf(ValidatorSet set, Height height, int telling) =>
        ReferenceEquals(Set, set) && Block == BlockOf(height) && Telling == telling;

    private static long BlockOf(Height height) => height.Value / Limits.HeightsWatchedTogether;
}
