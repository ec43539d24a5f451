using System;

namespace EnergyNode.Node.Hosting;

/// <summary>How patient the host is.</summary>
internal static class HostLimits
{
    /// <summary>Actors handle a message in well under a second; longer means that one hangs.</summary>
    public static readonly TimeSpan ActorStopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>For a question to an actor: a block in execution may be in front of it.</summary>
    public static readonly Ledger.Duration AskTimeout = Ledger.Duration.FromSeconds(4);

    /// <summary>Rows of the audit trail in one answer: 1,000 of 4 KiB fit into a response of 8 MiB.</summary>
    public const long MaxDecisionsShown = 1_000;

    /// <summary>How often a child looks whether its parent is still there.</summary>
    public static readonly TimeSpan ParentCheckInterval = TimeSpan.FromMilliseconds(500);
}
