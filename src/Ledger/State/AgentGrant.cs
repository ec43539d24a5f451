using System;

namespace EnergyNode.Ledger;

/// <summary>The key of a grant: who let whom trade for him.</summary>
public readonly record struct AgentGrant(AccountId Account, AccountId Agent) : IComparable<AgentGrant>
{
    public int CompareTo(AgentGrant other)
    {
        int order = Account.CompareTo(other.Account);
        return order != 0 ? order : Agent.CompareTo(other.Agent);
    }
}
