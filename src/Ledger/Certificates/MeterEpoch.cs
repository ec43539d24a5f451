using System;

namespace EnergyNode.Ledger;

/// <summary>One meter in one epoch.</summary>
public readonly record struct MeterEpoch(MeterId Meter, EpochIndex Epoch) : IComparable<MeterEpoch>
{
    public int CompareTo(MeterEpoch other)
    {
        int order = Meter.CompareTo(other.Meter);
        return order != 0 ? order : Epoch.CompareTo(other.Epoch);
    }
}
