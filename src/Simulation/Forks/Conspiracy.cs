using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What the liars of one run have agreed on: they know each other's thoughts at once.</summary>
internal sealed class Conspiracy(ForkPlan plan)
{
    public ForkPlan Plan => plan;

    /// <summary>Where the fork begins; null until a liar leads high enough.</summary>
    public Height? From { get; set; } = plan.IsLater ? plan.NotBefore : null;

    /// <summary>
    /// Under PoS, the first round at <see cref="From"/> in which the liars prevote with the far ones: that of the twin,
    /// or the one after the highest in which a liar precommitted with the others. Null while that is open.
    /// </summary>
    public View? First { get; set; }

    /// <summary>Whether the liars vote for what the far ones propose in this round.</summary>
    public bool Prevotes(Height height, View round) =>
        height != From || !plan.IsOverViews || (First is { } first && round >= first);

    /// <summary>Whether they precommit it as well.</summary>
    public bool Precommits(Height height, View round) =>
        Prevotes(height, round)
        && (height != From || First is not { } first || round.Value >= first.Value + plan.Detours);
}
