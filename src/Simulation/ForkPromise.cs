using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// What proof of work does not promise (docs/spec/pow.md): with liars that mine, or when nodes do not hear each other
/// for longer than half the depth of finality, two chains may become final. Then it promises that a node notices. Nor
/// does anything promise one chain where more than f make a fork together: then it can be proved who did.
/// </summary>
internal static class ForkPromise
{
    /// <summary>k/2 blocks.</summary>
    public static readonly Duration LongestCut = new(
        SimulatedMiner.Parameters.BlockTime.Micros * SimulatedMiner.Parameters.Depth / 2);

    public static bool MayFork(SimulationOptions options, FaultPlan plan) =>
        plan.Fork is not null
        || (options.Uses(ConsensusProtocol.Pow) && (plan.Liars.Count > 0 || HasLongCut(plan)));

    private static bool HasLongCut(FaultPlan plan)
    {
        Duration? since = null;
        foreach (FaultEvent fault in plan.Timeline)
        {
            switch (fault)
            {
                case FaultEvent.CutOneWay { IsPermanent: true }:
                    return true;
                case FaultEvent.Partition or FaultEvent.Isolate or FaultEvent.CutOneWay:
                    since ??= fault.At;
                    break;
                case FaultEvent.Heal:
                    if (since is { } start && fault.At.Micros - start.Micros > LongestCut.Micros)
                    {
                        return true;
                    }

                    since = null;
                    break;
                case FaultEvent.Pause pause when pause.For.Micros > LongestCut.Micros:
                    return true;
            }
        }

        return since is { } open && plan.HealsAt.Micros - open.Micros > LongestCut.Micros;
    }
}
