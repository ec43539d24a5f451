using System.Collections.Generic;

namespace EnergyNode.Simulation;

/// <summary>A validator that lies from its start on, also after healing.</summary>
/// <param name="Node">Index from 0.</param>
/// <param name="Strategies">Each named once; they act in the order of the enum.</param>
public sealed record LiarPlan(int Node, IReadOnlyList<Strategy> Strategies);
