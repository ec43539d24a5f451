namespace EnergyNode.Node.Configuration;

/// <summary>Where other nodes reach this one.</summary>
/// <param name="Hostname">Interface to listen on.</param>
/// <param name="Port">0 takes any free port.</param>
/// <param name="PublicHostname">Host that is announced.</param>
/// <param name="PublicPort">Port that is announced; 0 announces the port on which the node listens.</param>
public sealed record ListenOptions(string Hostname, int Port, string PublicHostname, int PublicPort);
