using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>How an actor decides about failures of its children. Immutable; what happened is counted per
/// child.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>For <see cref="MaxNrOfRetries"/>: no limit.</summary>
    public const int Unlimited = -1;

    private readonly Func<Exception, Directive> _decider;

    private protected SupervisorStrategy(
        int maxNrOfRetries, Duration within, Func<Exception, Directive>? decider, Backoff? backoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNrOfRetries, Unlimited);
        ArgumentOutOfRangeException.ThrowIfNegative(within.Micros, nameof(within));
        MaxNrOfRetries = maxNrOfRetries;
        Within = within;
        Backoff = backoff;
        _decider = decider ?? DefaultDecider;
    }

    /// <summary>One for one, <see cref="DefaultDecider"/>, <see cref="Limits.DefaultMaxRetries"/> within
    /// <see cref="Limits.DefaultRetryWindow"/>.</summary>
    public static SupervisorStrategy Default { get; } =
        new OneForOneStrategy(Limits.DefaultMaxRetries, Limits.DefaultRetryWindow);

    /// <summary>Escalates everything: for actors whose failure is a bug that must stop the node.</summary>
    public static SupervisorStrategy Escalating { get; } =
        new OneForOneStrategy(Unlimited, default, _ => Directive.Escalate);

    /// <summary>Stops a child at its first failure.</summary>
    public static SupervisorStrategy Stopping { get; } =
        new OneForOneStrategy(Unlimited, default, _ => Directive.Stop);

    /// <summary>Restarts granted within the window before the child is stopped.</summary>
    public int MaxNrOfRetries { get; }

    /// <summary>The window in which restarts are counted, from the first one on; zero is for ever.</summary>
    public Duration Within { get; }

    /// <summary>The wait before a restart; null for none.</summary>
    public Backoff? Backoff { get; }

    internal abstract bool AppliesToSiblings { get; }

    internal Directive Decide(Exception cause) => _decider(cause);

    /// <summary>Stops a child that could not start, was killed or ignored a death it watched; restarts
    /// others.</summary>
    public static Directive DefaultDecider(Exception cause) => cause switch
    {
        ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
        _ => Directive.Restart,
    };
}
