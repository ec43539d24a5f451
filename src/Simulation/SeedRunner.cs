using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace EnergyNode.Simulation;

/// <summary>Runs many simulations, several at a time, and gives their reports in their order.</summary>
internal static class SeedRunner
{
    /// <param name="template">Its seed does not matter.</param>
    /// <param name="jobs">Seeds at the same time, from 1. Each runs on one thread and shares nothing.</param>
    public static IEnumerable<SimulationReport> Run(SimulationOptions template, ulong first, ulong last, int jobs) =>
        Run(Seeds(template, first, last), jobs);

    /// <param name="jobs">Runs at the same time, from 1. Each runs on one thread and shares nothing.</param>
    public static IEnumerable<SimulationReport> Run(IEnumerable<SimulationOptions> all, int jobs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        Queue<Task<SimulationReport>> running = new();
        foreach (SimulationOptions options in all)
        {
            if (running.Count == jobs)
            {
                yield return running.Dequeue().GetAwaiter().GetResult();
            }

            running.Enqueue(Task.Run(() => SimulatedCluster.Run(options)));
        }

        while (running.TryDequeue(out Task<SimulationReport>? oldest))
        {
            yield return oldest.GetAwaiter().GetResult();
        }
    }

    private static IEnumerable<SimulationOptions> Seeds(SimulationOptions template, ulong first, ulong last)
    {
        for (ulong seed = first; ; seed++)
        {
            yield return template with { Seed = seed };
            if (seed == last)
            {
                yield break;
            }
        }
    }
}
