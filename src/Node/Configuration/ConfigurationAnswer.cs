using System.Collections.Generic;

namespace EnergyNode.Node.Configuration;

/// <summary>The answer of a <c>config</c> command.</summary>
/// <param name="Success">False is exit code 1: the configuration has errors, or the key does not exist.</param>
/// <param name="Text">For a terminal; lines without a final new line.</param>
/// <param name="Settings">What the text is about, for <c>--json</c>.</param>
/// <param name="Findings">Errors and warnings, for <c>--json</c>.</param>
public sealed record ConfigurationAnswer(
    bool Success,
    string Text,
    IReadOnlyList<ConfigurationSetting> Settings,
    IReadOnlyList<ConfigurationFinding> Findings);
