using System;
using EnergyNode.Actors;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// A car and its charger. It arrives each day with another need and leaves full: what was not charged before is charged
/// at the latest possible moment. Energy is what the meter sees.
/// </summary>
/// <param name="plan">When it comes and goes.</param>
/// <param name="random">Draws each day's need.</param>
internal sealed class CarCharger(ChargerPlan plan, SplitMix64 random)
{
    private bool _begun;

    public ChargerPlan Plan => plan;

    /// <summary>What is to be charged before it leaves.</summary>
    public long NeedWh { get; private set; }

    /// <summary>To be told at the start of each quarter.</summary>
    public void Begin(int quarterOfDay)
    {
        if (quarterOfDay == plan.Arrives)
        {
            NeedWh = Draw();
        }
        else if (!_begun && plan.IsPlugged(quarterOfDay))
        {
            // The first epoch finds it here since a while.
            NeedWh = Draw() / 2;
        }

        _begun = true;
    }

    /// <param name="quarterOfDay">The one that was begun.</param>
    /// <param name="boughtWh">What was bought for it.</param>
    public long Charge(int quarterOfDay, long boughtWh)
    {
        if (!plan.IsPlugged(quarterOfDay))
        {
            return 0;
        }

        long laterWh = (plan.Leaves - quarterOfDay - 1) * NeighbourLimits.ChargerPowerWh;
        long wanted = plan.BuysAhead ? Math.Max(boughtWh, NeedWh - laterWh) : NeedWh;
        long charged = Math.Clamp(wanted, 0, Math.Min(NeedWh, NeighbourLimits.ChargerPowerWh));
        NeedWh -= charged;
        return charged;
    }

    private long Draw() => NeighbourLimits.LeastDriveWh
        + random.Below(NeighbourLimits.MostDriveWh - NeighbourLimits.LeastDriveWh + 1);
}
