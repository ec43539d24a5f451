using System.Collections.Generic;
using EnergyNode.Simulation;

namespace EnergyNode.Chaos;

/// <summary>One scenario file, read.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Options">What to simulate, with the file's seed.</param>
/// <param name="IsLong">Takes minutes: run when it is named, or all that are long are asked for.</param>
/// <param name="Expectations">Beyond the promises that always hold.</param>
internal sealed record Scenario(
    string Name, string Description, SimulationOptions Options, bool IsLong, IReadOnlyList<Expectation> Expectations);
