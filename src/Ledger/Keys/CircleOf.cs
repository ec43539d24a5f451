using System;

namespace EnergyNode.Ledger;

/// <summary>The key of a circle.</summary>
public readonly record struct CircleOf(AccountId Account, CircleKind Kind) : IComparable<CircleOf>
{
    public int CompareTo(CircleOf other)
    {
        int order = Account.CompareTo(other.Account);
        return order != 0 ? order : Kind.CompareTo(other.Kind);
    }
}
