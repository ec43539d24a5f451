using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>Every bound of the actor runtime, with its reason.</summary>
public static class Limits
{
    /// <summary>Messages an actor may have waiting. 64 Ki envelopes of 16 bytes are 1 MiB, and at 1 M messages/s
    /// a full mailbox is 65 ms of work: more than that is overload, not a burst.</summary>
    public const int DefaultMailboxCapacity = 65_536;

    /// <summary>Messages an actor may set aside. Stashing bridges a short state (a snapshot being loaded), so it gets
    /// a sixteenth of the mailbox.</summary>
    public const int DefaultStashCapacity = 4_096;

    /// <summary>Messages an actor handles before it hands its thread back. At 100 ns each this is 6.4 µs, which makes
    /// the ~0.2 µs of rescheduling 3 % and keeps the wait of the next actor short.</summary>
    public const int DefaultThroughput = 64;

    /// <summary>Characters in one name of a path: room for a hexadecimal public key (64) and a prefix.</summary>
    public const int MaxNameLength = 128;

    /// <summary>Levels below the root. Terminating and suspending walk the tree; ours is 4 deep.</summary>
    public const int MaxTreeDepth = 32;

    /// <summary>Timers of one actor that may be pending. Each is an entry in a heap, ~200 bytes: 3 MiB at most.
    /// Timer messages bypass the mailbox's capacity, so this also bounds that excess.</summary>
    public const int MaxTimersPerActor = 16_384;

    /// <summary>Steps of the seeded runner without virtual time advancing. At ~1 M steps/s this is 20 s of actors
    /// that only talk to each other: a livelock, which must become an error instead of a hang.</summary>
    public const int MaxStepsPerInstant = 20_000_000;

    /// <summary>Restarts that <see cref="SupervisorStrategy.Default"/> grants within <see cref="DefaultRetryWindow"/>:
    /// an actor that fails ten times a minute has a cause that restarting does not cure.</summary>
    public const int DefaultMaxRetries = 10;

    /// <summary>The window in which <see cref="DefaultMaxRetries"/> is counted.</summary>
    public static readonly Duration DefaultRetryWindow = Duration.FromSeconds(60);

    /// <summary>How long one phase of a coordinated shutdown may take: nine phases stay within the 90 s after which
    /// systemd kills a unit by default.</summary>
    public static readonly Duration DefaultShutdownPhaseTimeout = Duration.FromSeconds(5);
}
