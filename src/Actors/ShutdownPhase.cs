using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>One step of a coordinated shutdown: its tasks run side by side, the next phase begins when all are done
/// or the time is over.</summary>
public sealed record ShutdownPhase(string Name, Duration Timeout)
{
    public const string BeforeServiceUnbind = "before-service-unbind";
    public const string ServiceUnbind = "service-unbind";
    public const string ServiceRequestsDone = "service-requests-done";
    public const string ServiceStop = "service-stop";
    public const string BeforeClusterShutdown = "before-cluster-shutdown";
    public const string ClusterLeave = "cluster-leave";
    public const string ClusterShutdown = "cluster-shutdown";
    public const string BeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>Its own task stops all actors.</summary>
    public const string ActorSystemTerminate = "actor-system-terminate";

    /// <summary>Akka's phases without those of its sharding and its leave protocol.</summary>
    public static IReadOnlyList<ShutdownPhase> Defaults { get; } =
    [
        new(BeforeServiceUnbind, Limits.DefaultShutdownPhaseTimeout),
        new(ServiceUnbind, Limits.DefaultShutdownPhaseTimeout),
        new(ServiceRequestsDone, Limits.DefaultShutdownPhaseTimeout),
        new(ServiceStop, Limits.DefaultShutdownPhaseTimeout),
        new(BeforeClusterShutdown, Limits.DefaultShutdownPhaseTimeout),
        new(ClusterLeave, Limits.DefaultShutdownPhaseTimeout),
        new(ClusterShutdown, Limits.DefaultShutdownPhaseTimeout),
        new(BeforeActorSystemTerminate, Limits.DefaultShutdownPhaseTimeout),
        new(ActorSystemTerminate, Limits.DefaultShutdownPhaseTimeout),
    ];
}
