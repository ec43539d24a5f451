namespace EnergyNode.Node.Configuration;

/// <summary>The port of the inspection client.</summary>
/// <param name="Hostname">Interface to listen on.</param>
/// <param name="Port">0 takes any free port, which the discovery file tells.</param>
/// <param name="RuntimeDirectory">Absolute directory of the discovery file; null is the directory of the user.</param>
public sealed record AdminOptions(string Hostname, int Port, string? RuntimeDirectory);
