using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>
/// Weighted rotation without state. The k-th turn of validator i has the priority time (2k − 1) / 2wᵢ; turns are taken
/// by rising time, ties by position in the set. Every run of T turns from a multiple of T (T = the sum of all powers)
/// has exactly wᵢ of each validator, and any shorter run is proportional up to rounding.
/// </summary>
internal static class ProposerRotation
{
    /// <summary>Who proposes: one turn for each height, and one more for each further round.</summary>
    /// <param name="fixedTurns">Replaces the rotation: see <see cref="PosOptions.Leaders"/>.</param>
    public static ValidatorIndex Proposer(
        ValidatorSet set, Height height, View round, IReadOnlyList<ValidatorIndex>? fixedTurns = null)
    {
        long turn = height.Value + round.Value - 1;
        return fixedTurns is null ? At(set, (UInt128)turn) : fixedTurns[(int)(turn % fixedTurns.Count)];
    }

    /// <param name="set">Its powers are below 2⁶³ and a turn below 2⁷⁰, so that all products stay below 2¹²⁸.</param>
    /// <param name="turn">From 0.</param>
    public static ValidatorIndex At(ValidatorSet set, UInt128 turn)
    {
        // POS-1
        UInt128 total = new VotingPower(set, QuorumRule.Power).Total;
        turn %= total;

        // Turns taken until the time (turn − N) / T: at most turn − N + N/2, so none is skipped and few are left.
        UInt128 count = (UInt128)set.Count;
        UInt128 start = turn > count ? turn - count : 0;
        UInt128[] taken = new UInt128[set.Count];
        UInt128 sum = 0;
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = TurnsUntil(PowerOf(set, i), start, total);
            sum += taken[i];
        }

        int next = Earliest(set, taken);
        for (; sum < turn; sum++)
        {
            taken[next]++;
            next = Earliest(set, taken);
        }

        return new ValidatorIndex(next);
    }

    /// <summary>⌊w·start/T + 1/2⌋, by parts: w·start alone may need 133 bits.</summary>
    private static UInt128 TurnsUntil(UInt128 power, UInt128 start, UInt128 total)
    {
        UInt128 high = power * (start >> 32);
        UInt128 rest = ((high % total) << 32) + (power * (start & uint.MaxValue));
        return ((high / total) << 32) + (rest / total) + (rest % total * 2 >= total ? 1u : 0u);
    }

    private static int Earliest(ValidatorSet set, UInt128[] taken)
    {
        int best = 0;
        for (int i = 1; i < taken.Length; i++)
        {
            // (2kᵢ + 1) / wᵢ < (2kₑ + 1) / wₑ
            UInt128 left = ((taken[i] * 2) + 1) * PowerOf(set, best);
            UInt128 right = ((taken[best] * 2) + 1) * PowerOf(set, i);
            best = left < right ? i : best;
        }

        return best;
    }

    private static UInt128 PowerOf(ValidatorSet set, int index) => (UInt128)set[new ValidatorIndex(index)].Power;
}
