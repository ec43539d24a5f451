using System.Collections.Generic;

namespace EnergyNode.Simulation.Twins;

/// <summary>What came of many scenarios.</summary>
/// <param name="Failures">The first ones by code, at most <see cref="TwinsRunner.MaxFailures"/>.</param>
/// <param name="Forks">Scenarios in which honest validators decided differently.</param>
/// <param name="Stalls">Scenarios in which not all honest validators got on after healing.</param>
/// <param name="Digest">Of all that was decided in all scenarios: the same whatever the number of threads.</param>
public sealed record TwinsReport(
    long Scenarios,
    IReadOnlyList<(TwinsScenario Scenario, string Text, bool IsFork)> Failures,
    long Forks,
    long Stalls,
    ulong Digest,
    long Steps)
{
    /// <summary>0 all agreed and got on, 1 a fork, 3 only stalls.</summary>
    public int ExitCode =>
        Forks > 0 ? SimulationExit.Safety : Stalls > 0 ? SimulationExit.Liveness : SimulationExit.Pass;
}
