using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace EnergyNode.Node.Demo;

/// <summary>How a validator is started as a process of its own.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">What comes before <c>start</c>.</param>
public sealed record ValidatorCommand(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>This very program, whether it runs by itself or under <c>dotnet</c>.</summary>
    public static ValidatorCommand Self()
    {
        string process = Environment.ProcessPath
            ?? throw new InvalidOperationException("The system does not say which program this is.");
        string assembly = Path.Combine(AppContext.BaseDirectory, "energynode.dll");
        return Path.GetFileNameWithoutExtension(process) == "energynode"
            ? new ValidatorCommand(process, [])
            : new ValidatorCommand(process, [assembly]);
    }

    /// <summary>The arguments that start the node of a configuration; it ends when this process does.</summary>
    internal IEnumerable<string> ArgumentsFor(string configurationFile) =>
    [
        .. Arguments,
        "start",
        "--config",
        configurationFile,
        "--exit-with-parent",
        Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
    ];
}
