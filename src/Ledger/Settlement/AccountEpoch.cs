using System;

namespace EnergyNode.Ledger;

/// <summary>One account in one epoch.</summary>
public readonly record struct AccountEpoch(AccountId Account, EpochIndex Epoch) : IComparable<AccountEpoch>
{
    public int CompareTo(AccountEpoch other)
    {
        int order = Account.CompareTo(other.Account);
        return order != 0 ? order : Epoch.CompareTo(other.Epoch);
    }
}
