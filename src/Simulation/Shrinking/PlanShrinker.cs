using System;
using System.Linq;

namespace EnergyNode.Simulation;

/// <summary>
/// Makes a failing run smaller, step by step, as long as it breaks the same promise: fewer faults, liars and nodes,
/// less work and less time. Greedy: each step that still fails is taken, and all are tried again, until none does.
/// </summary>
/// <param name="run">Runs a simulation; gives its first violation, or null.</param>
/// <param name="maxRuns">From 1.</param>
public sealed class PlanShrinker(Func<SimulationOptions, Violation?> run, int maxRuns)
{
    private int _runs;

    /// <returns>Null when the run does not fail.</returns>
    public ShrinkResult? Shrink(SimulationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRuns, 1);
        _runs = 1;
        SimulationOptions smallest = PlanReductions.WrittenOut(options);
        if (run(smallest) is not { } violation)
        {
            return null;
        }

        int excess = PlanReductions.Excess(smallest);
        bool isSmaller = true;
        while (isSmaller && _runs < maxRuns)
        {
            isSmaller = false;

            // A smaller run with more faulty nodes than it tolerates fails for another reason.
            foreach (SimulationOptions candidate in PlanReductions.Of(smallest)
                .Where(candidate => PlanReductions.Excess(candidate) <= excess)
                .Take(maxRuns - _runs))
            {
                _runs++;
                if (run(candidate) is { } found && found.Kind == violation.Kind)
                {
                    smallest = candidate;
                    violation = found;
                    isSmaller = true;
                    break;
                }
            }
        }

        return new ShrinkResult(smallest, violation, _runs, !isSmaller && _runs < maxRuns);
    }
}
