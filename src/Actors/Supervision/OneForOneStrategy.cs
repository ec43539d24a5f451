using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>The directive applies to the failed child alone.</summary>
public sealed class OneForOneStrategy(
    int maxNrOfRetries = SupervisorStrategy.Unlimited,
    Duration within = default,
    Func<Exception, Directive>? decider = null,
    Backoff? backoff = null)
    : SupervisorStrategy(maxNrOfRetries, within, decider, backoff)
{
    internal override bool AppliesToSiblings => false;
}
