using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace EnergyNode.Simulation;

/// <summary>Runs many seeds, several at a time, and gives their reports by rising seed.</summary>
internal static class SeedRunner
{
    /// <param name="template">Its seed does not matter.</param>
    /// <param name="jobs">Seeds at the same time, from 1. Each runs on one thread and shares nothing.</param>
    public static IEnumerable<SimulationReport> Run(SimulationOptions template, ulong first, ulong last, int jobs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        Queue<Task<SimulationReport>> running = new();
        bool more = true;
        for (ulong seed = first; more || running.Count > 0;)
        {
            while (more && running.Count < jobs)
            {
                SimulationOptions options = template with { Seed = seed };
                running.Enqueue(Task.Run(() => SimulatedCluster.Run(options)));
                more = seed != last;
                seed++;
            }

            yield return running.Dequeue().GetAwaiter().GetResult();
        }
    }
}
