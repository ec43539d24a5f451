using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>The highest round of one height in which each validator said anything.</summary>
internal sealed class SpokenRounds
{
    private const int Silent = -1;

    private readonly VotingPower _power;
    private readonly int[] _rounds;

    public SpokenRounds(VotingPower power)
    {
        _power = power;
        _rounds = new int[power.Validators];
        Array.Fill(_rounds, Silent);
    }

    /// <returns>False when the sender was known to be there.</returns>
    public bool Note(ValidatorIndex sender, View round)
    {
        // POS-22
        bool isHigher = round.Value > _rounds[sender.Value];
        _rounds[sender.Value] = isHigher ? round.Value : _rounds[sender.Value];
        return isHigher;
    }

    /// <summary>
    /// The highest round in which, or above which, an honest validator spoke; null when none may have.
    /// </summary>
    public View? Reached()
    {
        // POS-12
        int best = Silent;
        foreach (int round in _rounds)
        {
            if (round > best && _power.IncludesHonest(PowerFrom(round)))
            {
                best = round;
            }
        }

        return best == Silent ? null : new View(best);
    }

    public void WriteTo(BorshWriter writer)
    {
        foreach (int round in _rounds)
        {
            writer.I64(round);
        }
    }

    private UInt128 PowerFrom(int lowest)
    {
        UInt128 power = 0;
        for (int i = 0; i < _rounds.Length; i++)
        {
            power += _rounds[i] >= lowest ? _power.Of(new ValidatorIndex(i)) : 0;
        }

        return power;
    }
}
