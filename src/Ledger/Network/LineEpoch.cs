using System;

namespace EnergyNode.Ledger;

/// <summary>The key of a <see cref="LineFlow"/>.</summary>
/// <param name="Delivery">When the energy flows.</param>
/// <param name="Name">Of the zone or feeder at the lower end.</param>
public readonly record struct LineEpoch(EpochIndex Delivery, LineKind Kind, Label Name) : IComparable<LineEpoch>
{
    public int CompareTo(LineEpoch other)
    {
        int order = Delivery.CompareTo(other.Delivery);
        order = order != 0 ? order : Kind.CompareTo(other.Kind);
        return order != 0 ? order : Name.CompareTo(other.Name);
    }
}
