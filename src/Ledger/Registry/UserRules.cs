namespace EnergyNode.Ledger;

/// <summary>Status and roles of users. Each method refuses before it changes anything.</summary>
public sealed class UserRules(LedgerState state)
{
    public LedgerError SetStatus(AccountId signer, Command.SetUserStatus command)
    {
        if (!state.Users.TryGet(command.Account, out User user))
        {
            return LedgerError.UserNotFound;
        }

        if (command.Status != UserStatus.Active && WouldBeLast(command.Account, user.Roles))
        {
            return LedgerError.CannotRemoveLastAuthority;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        state.Users.Set(command.Account, user with { Status = command.Status });
        return LedgerError.None;
    }

    public LedgerError SetRole(AccountId signer, Command.SetRole command)
    {
        if (!state.Users.TryGet(command.Account, out User user))
        {
            return LedgerError.UserNotFound;
        }

        if (!command.Given && WouldBeLast(command.Account, user.Roles & command.Role))
        {
            return LedgerError.CannotRemoveLastAuthority;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!Roles.IsSingle(command.Role))
        {
            return LedgerError.InvalidRole;
        }

        Role roles = command.Given ? user.Roles | command.Role : user.Roles & ~command.Role;
        state.Users.Set(command.Account, user with { Roles = roles });
        return LedgerError.None;
    }

    /// <summary>Whether nobody else, active and with a key, holds one of the roles that must never be empty.</summary>
    public bool WouldBeLast(AccountId account, Role roles)
    {
        Role alone = roles & Roles.NeverEmpty;
        if (alone == Role.None || !IsInOffice(state.Users[account]))
        {
            return false;
        }

        foreach (AccountId other in state.Users.Keys)
        {
            User user = state.Users[other];
            if (other != account && IsInOffice(user))
            {
                alone &= ~user.Roles;
            }
        }

        return alone != Role.None;
    }

    private bool IsInOffice(User user) =>
        user.Status == UserStatus.Active && !state.RevokedKeys.Contains(user.Key);
}
