using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Who leads a view.</summary>
internal static class LeaderSchedule
{
    /// <summary>Starts with the proposer of the last block, so that a dead validator costs time once.</summary>
    public static ValidatorIndex Leader(ValidatorSet set, ChainTip tip, View view)
    {
        // R1
        int first = tip.Proposer is { } key && set.IndexOf(key) is { } index ? index.Value : 0;
        return new ValidatorIndex((first + view.Value) % set.Count);
    }
}
