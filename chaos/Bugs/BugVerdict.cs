using System;

namespace EnergyNode.Chaos.Bugs;

/// <summary>What became of one planted bug.</summary>
/// <param name="CaughtBy">The catcher that noticed it; null when none did.</param>
/// <param name="Evidence">The catcher's line that says so, or why the bug could not be tried.</param>
internal sealed record BugVerdict(PlantedBug Bug, BugCatcher? CaughtBy, string Evidence, TimeSpan Build, TimeSpan Run);
