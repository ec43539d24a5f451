using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>A fork that the liars of a run make together; more than f of them, else they cannot.</summary>
/// <param name="Far">
/// The honest nodes, by index, that get another chain. They and the liars are a quorum, and so are the liars and all
/// others.
/// </param>
/// <param name="NotBefore">The fork is at this height or, where it waits for a liar to lead, above it.</param>
/// <param name="IsLater">
/// False: a liar that leads shows the far ones another block, and the liars vote for both in one view. True: the far
/// ones hear nothing of the height, and the liars, who decide it with the others, pretend to them that they have
/// accepted nothing.
/// </param>
/// <param name="Detours">
/// Under PoS: in how many rounds the liars prevote with the far ones, who lock, and precommit nothing.
/// </param>
internal sealed record ForkPlan(IReadOnlySet<int> Far, Height NotBefore, bool IsLater, int Detours)
{
    public bool IsOverViews => IsLater || Detours > 0;
}
