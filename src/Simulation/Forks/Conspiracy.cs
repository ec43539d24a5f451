using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What the liars of one run have agreed on: they know each other's thoughts at once.</summary>
internal sealed class Conspiracy(ForkPlan plan)
{
    public ForkPlan Plan => plan;

    /// <summary>Where the fork begins; null until a liar leads high enough.</summary>
    public Height? From { get; set; } = plan.IsLater ? plan.NotBefore : null;
}
