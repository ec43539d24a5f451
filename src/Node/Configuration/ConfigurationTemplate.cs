using System.Collections.Generic;

namespace EnergyNode.Node.Configuration;

/// <summary>What a written configuration says; all else has its default. Paths are relative to the file.</summary>
/// <param name="Name">Name of the node, for the heading.</param>
/// <param name="Role">Validator or observer.</param>
/// <param name="ListenHostname">Interface for other nodes.</param>
/// <param name="ListenPort">Port for other nodes.</param>
/// <param name="AdminPort">Inspection port; 0 takes any free one.</param>
/// <param name="Peers">The other nodes.</param>
public sealed record ConfigurationTemplate(
    string Name,
    NodeRole Role,
    string ListenHostname,
    int ListenPort,
    int AdminPort,
    IReadOnlyList<PeerEntry> Peers)
{
    public const string DefaultDataDirectory = "data";

    public string DataDirectory { get; init; } = DefaultDataDirectory;

    public string GenesisFile { get; init; } = "genesis.json";

    public KeyFiles Keys { get; init; } = new("keys/validator.key", "keys/node.crt", "keys/node.key");

    /// <summary>Members that must be up before the node reports ready.</summary>
    public int MinimumMembers { get; init; } = 1;

    public IReadOnlyList<string> Roles { get; init; } = [];
}
