using System.Collections.Generic;

namespace EnergyNode.Actors;

/// <summary>How a coordinated shutdown went.</summary>
/// <param name="Reason">As given to <see cref="CoordinatedShutdown.Run"/>.</param>
/// <param name="Problems">Tasks that failed or did not end in time, in the order in which that was found.</param>
public sealed record ShutdownReport(string Reason, IReadOnlyList<ShutdownProblem> Problems);
