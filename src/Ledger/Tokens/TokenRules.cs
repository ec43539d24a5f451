namespace EnergyNode.Ledger;

/// <summary>Tokens from account to account. Each method refuses before it changes anything.</summary>
/// <param name="now">The time of the block.</param>
public sealed class TokenRules(LedgerState state, Postings postings, Instant now)
{
    public SpendingRules Spending { get; } = new(state, postings, now);

    /// <param name="waiting">The number of a transfer that is locked; 0 when it is done.</param>
    public LedgerError Transfer(AccountId signer, Command.Transfer command, out TransferId waiting)
    {
        waiting = default;
        if (!state.Users.Contains(command.From) || !state.Users.Contains(command.To))
        {
            return LedgerError.UserNotFound;
        }

        if (Lacks(command.From, command.Amount))
        {
            return LedgerError.InsufficientBalance;
        }

        if (command.From == command.To)
        {
            return LedgerError.TransferToSelf;
        }

        LedgerError refusal = CheckRest(signer, command, command.From, command.Amount, mayWait: true);
        if (refusal == LedgerError.None)
        {
            waiting = Spending.Move(command.From, command.To, command.Amount);
        }

        return refusal;
    }

    public LedgerError Approve(AccountId signer, Command.Approve command)
    {
        if (!state.Users.Contains(command.Owner) || !state.Users.Contains(command.Spender))
        {
            return LedgerError.UserNotFound;
        }

        if (command.Owner == command.Spender)
        {
            return LedgerError.TransferToSelf;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (command.Amount.Units is < 0 or > Limits.MaxBalance)
        {
            return LedgerError.InvalidAmount;
        }

        SetAllowance(new Allowance(command.Owner, command.Spender), command.Amount);
        return LedgerError.None;
    }

    /// <param name="waiting">The number of a transfer that is locked; 0 when it is done.</param>
    public LedgerError TransferFrom(AccountId signer, Command.TransferFrom command, out TransferId waiting)
    {
        waiting = default;
        if (!state.Users.Contains(command.Spender) || !state.Users.Contains(command.From)
            || !state.Users.Contains(command.To))
        {
            return LedgerError.UserNotFound;
        }

        if (Lacks(command.From, command.Amount))
        {
            return LedgerError.InsufficientBalance;
        }

        Allowance allowance = new(command.From, command.Spender);
        Grid allowed = state.Allowances.GetOrDefault(allowance);
        if (IsAmount(command.Amount) && allowed < command.Amount)
        {
            return LedgerError.InsufficientAllowance;
        }

        if (command.From == command.To)
        {
            return LedgerError.TransferToSelf;
        }

        LedgerError refusal = CheckRest(signer, command, command.From, command.Amount, mayWait: true);
        if (refusal == LedgerError.None)
        {
            SetAllowance(allowance, allowed - command.Amount);
            waiting = Spending.Move(command.From, command.To, command.Amount);
        }

        return refusal;
    }

    /// <summary>
    /// Never: tokens come from readings alone, so that the supply is what was generated less what was burned.
    /// </summary>
    public LedgerError Mint(Command.Mint command) =>
        state.Users.Contains(command.Account) ? LedgerError.UnauthorizedMinter : LedgerError.UserNotFound;

    public LedgerError Burn(AccountId signer, Command.Burn command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (Lacks(command.Account, command.Amount))
        {
            return LedgerError.InsufficientBalance;
        }

        LedgerError refusal = CheckRest(signer, command, command.Account, command.Amount, mayWait: false);
        if (refusal == LedgerError.None)
        {
            Spending.Spend(command.Account, command.Amount);
            postings.Burn(command.Account, command.Amount);
        }

        return refusal;
    }

    private static bool IsAmount(Grid amount) => amount.Units is > 0 and <= Limits.MaxBalance;

    private LedgerError CheckRest(
        AccountId signer, Command command, AccountId payer, Grid amount, bool mayWait)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        return IsAmount(amount) ? Spending.Check(payer, amount, mayWait) : LedgerError.InvalidAmount;
    }

    private bool Lacks(AccountId account, Grid amount) =>
        IsAmount(amount) && state.Balances.GetOrDefault(account).FreeTokens < amount;

    private void SetAllowance(Allowance key, Grid amount)
    {
        if (amount == Grid.Zero)
        {
            state.Allowances.Remove(key);
        }
        else
        {
            state.Allowances.Set(key, amount);
        }
    }
}
