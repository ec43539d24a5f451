namespace EnergyNode.Simulation;

/// <summary>What shrinking came to.</summary>
/// <param name="Smallest">The smallest run found that fails in the same way, with its faults written out.</param>
/// <param name="Violation">How it fails.</param>
/// <param name="Runs">Simulations that it took.</param>
/// <param name="IsDone">No single step makes it smaller; else the runs were used up.</param>
public sealed record ShrinkResult(SimulationOptions Smallest, Violation Violation, int Runs, bool IsDone);
