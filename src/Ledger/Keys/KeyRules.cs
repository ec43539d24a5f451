namespace EnergyNode.Ledger;

/// <summary>The keys of accounts. A key that was replaced or revoked is never anybody's again.</summary>
public sealed class KeyRules(LedgerState state)
{
    private readonly UserRules _users = new(state);

    public LedgerError Rotate(AccountId signer, Command.RotateKey command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        LedgerError refusal = CheckNew(command.Key);
        if (refusal == LedgerError.None)
        {
            Install(command.Account, command.Key);
        }

        return refusal;
    }

    public LedgerError Revoke(AccountId signer, Command.RevokeKey command)
    {
        if (!state.Users.TryGet(command.Account, out User user))
        {
            return LedgerError.UserNotFound;
        }

        if (_users.WouldBeLast(command.Account, user.Roles))
        {
            return LedgerError.CannotRemoveLastAuthority;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (state.RevokedKeys.Contains(user.Key))
        {
            return LedgerError.KeyRevoked;
        }

        state.AccountsByKey.Remove(user.Key);
        state.RevokedKeys.Set(user.Key, true);
        return LedgerError.None;
    }

    /// <summary>Whether a key can become an account's.</summary>
    public LedgerError CheckNew(PublicKey key) =>
        state.AccountsByKey.Contains(key) ? LedgerError.KeyAlreadyUsed
        : state.RevokedKeys.Contains(key) ? LedgerError.KeyRevoked
        : LedgerError.None;

    /// <summary>Replaces an account's key by one that <see cref="CheckNew"/> has passed.</summary>
    public void Install(AccountId account, PublicKey key)
    {
        User user = state.Users[account];
        state.AccountsByKey.Remove(user.Key);
        state.RevokedKeys.Set(user.Key, true);
        state.AccountsByKey.Set(key, account);
        state.Users.Set(account, user with { Key = key });
    }
}
