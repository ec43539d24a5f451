namespace EnergyNode.Simulation.Twins;

/// <summary>What came of one scenario.</summary>
/// <param name="Fork">Two honest validators decided differently: the text says where; null when none did.</param>
/// <param name="Stall">After healing an honest validator did not get to where others were; null when all did.</param>
/// <param name="Height">The highest block that an honest validator decided.</param>
/// <param name="Steps">Inputs that machines took.</param>
/// <param name="Fingerprint">Of all that honest validators decided.</param>
public readonly record struct TwinsOutcome(string? Fork, string? Stall, long Height, int Steps, ulong Fingerprint);
