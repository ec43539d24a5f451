namespace EnergyNode.Ledger;

/// <summary>Users, meters and agents. Each method refuses before it changes anything.</summary>
public sealed class RegistryRules(LedgerState state)
{
    public LedgerError Register(AccountId signer, Command.RegisterUser command)
    {
        if (state.Users.Contains(command.Account))
        {
            return LedgerError.UserAlreadyExists;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        return AddUser(command.Account, new User(command.Kind, Role.None, command.Key));
    }

    /// <summary>Adds a user with any roles; for genesis.</summary>
    public LedgerError AddUser(AccountId account, User user)
    {
        if (state.Users.Contains(account))
        {
            return LedgerError.UserAlreadyExists;
        }

        if (state.AccountsByKey.Contains(user.Key))
        {
            return LedgerError.KeyAlreadyUsed;
        }

        if (state.RevokedKeys.Contains(user.Key))
        {
            return LedgerError.KeyRevoked;
        }

        state.Users.Set(account, user);
        state.AccountsByKey.Set(user.Key, account);
        state.Balances.Set(account, default);
        return LedgerError.None;
    }

    public LedgerError AssignMeter(AccountId signer, Command.AssignMeter command)
    {
        if (!state.Users.Contains(command.Owner))
        {
            return LedgerError.UserNotFound;
        }

        if (state.Meters.Contains(command.Meter))
        {
            return LedgerError.MeterAlreadyAssigned;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        return AddMeter(command);
    }

    /// <summary>Assigns a meter without asking who wants it; for genesis.</summary>
    public LedgerError AddMeter(Command.AssignMeter command)
    {
        if (!state.Users.Contains(command.Owner))
        {
            return LedgerError.UserNotFound;
        }

        if (state.Meters.Contains(command.Meter))
        {
            return LedgerError.MeterAlreadyAssigned;
        }

        state.Meters.Set(
            command.Meter,
            new Meter(
                command.Owner,
                command.Key,
                command.ImportRatingW,
                command.ExportRatingW,
                Meter.NeverRead,
                WattHours.Zero,
                WattHours.Zero));
        return LedgerError.None;
    }

    public LedgerError Grant(AccountId signer, Command.GrantAgent command)
    {
        if (!state.Users.Contains(command.Account) || !state.Users.Contains(command.Agent))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        SetAgent(new AgentGrant(command.Account, command.Agent), command.Granted);
        return LedgerError.None;
    }

    /// <summary>Gives or takes the right of an agent; for genesis and <see cref="Grant"/>.</summary>
    public void SetAgent(AgentGrant grant, bool granted)
    {
        if (granted)
        {
            state.Agents.Set(grant, true);
        }
        else
        {
            state.Agents.Remove(grant);
        }
    }
}
