using System;

namespace EnergyNode.Node.Hosting;

/// <summary>How patient the host is.</summary>
internal static class HostLimits
{
    /// <summary>Actors handle a message in well under a second; longer means that one hangs.</summary>
    public static readonly TimeSpan ActorStopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>For a question to an actor: a block in execution may be in front of it.</summary>
    public static readonly Ledger.Duration AskTimeout = Ledger.Duration.FromSeconds(4);

    /// <summary>
    /// A directory's lock is asked for so often, 300 ms in all: a process that this one starts holds copies of its open
    /// files, and so a lock that was just released, until it runs its own program.
    /// </summary>
    public const int LockAttempts = 16;

    /// <summary>Between two attempts.</summary>
    public static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Rows of the audit trail in one answer: 1,000 of 4 KiB fit into a response of 8 MiB.</summary>
    public const long MaxDecisionsShown = 1_000;

    /// <summary>How often a child looks whether its parent is still there.</summary>
    public static readonly TimeSpan ParentCheckInterval = TimeSpan.FromMilliseconds(500);
}
