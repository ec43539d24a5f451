using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>The only source of time. One per system, so that simulated nodes can disagree about it.</summary>
public interface IScheduler
{
    Instant Now { get; }

    /// <summary>Runs an action once, not before the delay is over.</summary>
    /// <param name="delay">Not negative.</param>
    /// <param name="action">Short, and throws nothing.</param>
    ICancelable Schedule(Duration delay, Action action);
}
