using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>Restart and stop apply to all children, for children that cannot go on without each other.</summary>
public sealed class AllForOneStrategy(
    int maxNrOfRetries = SupervisorStrategy.Unlimited,
    Duration within = default,
    Func<Exception, Directive>? decider = null,
    Backoff? backoff = null)
    : SupervisorStrategy(maxNrOfRetries, within, decider, backoff)
{
    internal override bool AppliesToSiblings => true;
}
