using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>What the runtime tells a cell; handled before user messages and also while the cell is suspended.</summary>
internal abstract record SystemMessage
{
    private SystemMessage()
    {
    }

    internal sealed record Create : SystemMessage;

    internal sealed record Suspend : SystemMessage;

    /// <param name="CausedBy">The failure that is forgiven; null undoes a <see cref="Suspend"/>.</param>
    internal sealed record Resume(Exception? CausedBy) : SystemMessage;

    internal sealed record Recreate(Exception Cause, Duration Delay) : SystemMessage;

    /// <summary>The wait before a restart is over.</summary>
    internal sealed record DelayOver : SystemMessage;

    internal sealed record Terminate : SystemMessage;

    internal sealed record Watch(InternalRef Watcher) : SystemMessage;

    internal sealed record Unwatch(InternalRef Watcher) : SystemMessage;

    internal sealed record Failed(ActorCell Child, Exception Cause) : SystemMessage;

    internal sealed record ChildTerminated(ActorCell Child) : SystemMessage;

    internal sealed record WatchedTerminated(InternalRef Actor) : SystemMessage;
}
