using System.CommandLine;

namespace EnergyNode.Node.Cli;

/// <summary>Options that many commands have, with the same words and defaults in each.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "print one JSON object" };

    /// <summary>The configuration of the node that a command is about.</summary>
    public static Option<string> Config() => Config("the node's configuration");

    /// <summary>The configuration of any validator, for a client of the network.</summary>
    public static Option<string> NetworkConfig() =>
        Config("the configuration of a validator, for genesis and addresses");

    public static Option<int> Validators() =>
        new("--validators") { Description = "1, or 4 to 7", DefaultValueFactory = _ => 4 };

    private static Option<string> Config(string description) =>
        new("--config") { Description = description, DefaultValueFactory = _ => "cluster.hocon" };
}
