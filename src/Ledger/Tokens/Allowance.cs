using System;

namespace EnergyNode.Ledger;

/// <summary>The key of an allowance: whose tokens, and who may move them.</summary>
public readonly record struct Allowance(AccountId Owner, AccountId Spender) : IComparable<Allowance>
{
    public int CompareTo(Allowance other)
    {
        int order = Owner.CompareTo(other.Owner);
        return order != 0 ? order : Spender.CompareTo(other.Spender);
    }
}
