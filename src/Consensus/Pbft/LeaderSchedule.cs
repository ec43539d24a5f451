using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Who leads a view.</summary>
internal static class LeaderSchedule
{
    /// <summary>Starts with the proposer of the last block, so that a dead validator costs time once.</summary>
    /// <param name="fixedTurns">Replaces the rule: see <see cref="PbftOptions.Leaders"/>.</param>
    public static ValidatorIndex Leader(
        ValidatorSet set, ChainTip tip, View view, IReadOnlyList<ValidatorIndex>? fixedTurns = null)
    {
        if (fixedTurns is not null)
        {
            return fixedTurns[(int)((tip.Height.Value + view.Value) % fixedTurns.Count)];
        }

        // R1
        int first = tip.Proposer is { } key && set.IndexOf(key) is { } index ? index.Value : 0;
        return new ValidatorIndex((first + view.Value) % set.Count);
    }
}
