using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>The host's scheduler as one system sees it: after a kill nothing fires any more.</summary>
internal sealed class SystemScheduler(IScheduler inner, ActorSystem system) : IScheduler
{
    public Instant Now => inner.Now;

    public ICancelable Schedule(Duration delay, Action action) => inner.Schedule(delay, () =>
    {
        if (!system.IsKilled)
        {
            action();
        }
    });
}
