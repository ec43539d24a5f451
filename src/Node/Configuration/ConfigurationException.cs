using System;
using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Configuration;

/// <summary>A configuration with which a node cannot start. The message has one line per error.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException(IReadOnlyList<ConfigurationFinding> findings)
        : base(string.Join('\n', findings.Where(f => f.IsError))) => Findings = findings;

    /// <summary>Errors and warnings.</summary>
    public IReadOnlyList<ConfigurationFinding> Findings { get; }
}
