using System.Collections.Generic;

namespace EnergyNode.Node.Configuration;

/// <summary>What came of reading a configuration.</summary>
/// <param name="Configuration">Null when there is an error.</param>
/// <param name="Settings">Every key but the aliases, in the order of the registry; the default for a bad value.</param>
/// <param name="Findings">Errors and warnings in the order in which they were found.</param>
public sealed record LoadedConfiguration(
    NodeConfiguration? Configuration,
    IReadOnlyList<ConfigurationSetting> Settings,
    IReadOnlyList<ConfigurationFinding> Findings)
{
    /// <exception cref="ConfigurationException">There is an error.</exception>
    public NodeConfiguration Require() => Configuration ?? throw new ConfigurationException(Findings);
}
