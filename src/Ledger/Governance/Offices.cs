namespace EnergyNode.Ledger;

/// <summary>Who can act in a role: an active user whose key is not revoked.</summary>
public sealed class Offices(LedgerState state)
{
    public bool IsHolder(AccountId account, Role role) =>
        state.Users.TryGet(account, out User user)
        && (user.Roles & role) != Role.None
        && user.Status == UserStatus.Active
        && !state.RevokedKeys.Contains(user.Key);

    /// <summary>How many can act in a role.</summary>
    public int Count(Role role)
    {
        int holders = 0;
        foreach (AccountId account in state.Users.Keys)
        {
            holders += IsHolder(account, role) ? 1 : 0;
        }

        return holders;
    }

    /// <summary>
    /// Whether one of the roles would have too few without this account: no Authority, or less of the governance than
    /// it needs to decide.
    /// </summary>
    public bool Needs(AccountId account, Role roles)
    {
        // GOV-2
        bool asAuthority = (roles & Role.Authority) != Role.None && IsHolder(account, Role.Authority);
        bool asGovernance = (roles & Role.Governance) != Role.None && IsHolder(account, Role.Governance);
        return (asAuthority && Count(Role.Authority) == 1)
            || (asGovernance && Count(Role.Governance) <= state.Governance.Terms.Threshold);
    }
}
