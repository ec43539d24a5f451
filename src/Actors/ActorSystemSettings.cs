using System.Collections.Generic;

namespace EnergyNode.Actors;

/// <summary>What can be chosen for one <see cref="ActorSystem"/>.</summary>
public sealed record ActorSystemSettings
{
    /// <summary>Decides about failures of the top-level actors; <see cref="Directive.Escalate"/> faults the
    /// system.</summary>
    public SupervisorStrategy GuardianStrategy { get; init; } = SupervisorStrategy.Default;

    /// <summary>The phases of a coordinated shutdown, in the order in which they run.</summary>
    public IReadOnlyList<ShutdownPhase> ShutdownPhases { get; init; } = ShutdownPhase.Defaults;
}
