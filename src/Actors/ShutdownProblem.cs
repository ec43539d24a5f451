using System;

namespace EnergyNode.Actors;

/// <summary>A shutdown task that failed; a <see cref="TimeoutException"/> if it did not end in time.</summary>
public sealed record ShutdownProblem(string Phase, string Task, Exception Cause);
