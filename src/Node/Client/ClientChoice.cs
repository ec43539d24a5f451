using System;

namespace EnergyNode.Node.Client;

/// <summary>What <see cref="ClientOptions"/> were given.</summary>
/// <param name="ConfigFile">Of a validator.</param>
/// <param name="KeyDirectory">Where NAME.key is.</param>
/// <param name="Account">Who signs, an account's name.</param>
/// <param name="Json">Answers are JSON.</param>
internal sealed record ClientChoice(string ConfigFile, string KeyDirectory, string Account, bool Json)
{
    /// <summary>How long validators may take to be connected with.</summary>
    public TimeSpan Patience { get; init; } = ClientLimits.ConnectTimeout;
}
