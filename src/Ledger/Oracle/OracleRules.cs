namespace EnergyNode.Ledger;

/// <summary>
/// Oracle operations are prepaid and counted where the governance says so. The rules ORACLE-1… are those of
/// docs/spec/oracle.md. Each method refuses before it changes anything.
/// </summary>
public sealed class OracleRules(LedgerState state, Postings postings)
{
    /// <summary>Whether what the account may do as an oracle is paid for and within its number.</summary>
    public LedgerError Check(AccountId signer, Command command)
    {
        OracleTerms terms = state.OracleTerms;
        if (terms == default || !IsOperation(command) || !AccessTable.Allows(state, signer, command))
        {
            return LedgerError.None;
        }

        // ORACLE-2, ORACLE-3
        OracleAccount account = state.OracleAccounts.GetOrDefault(signer);
        return account.Prepaid < terms.Fee ? LedgerError.InsufficientOracleBalance
            : terms.PerEpoch > 0 && IsCounted(command) && CountOf(account) >= terms.PerEpoch
                ? LedgerError.OracleRateExceeded
            : postings.CanPay(signer, state.Parameters.GridOperator, terms.Fee) ? LedgerError.None
            : LedgerError.AmountOverflow;
    }

    /// <summary>Pays for an operation that <see cref="Check"/> has passed and that is executed.</summary>
    public void Charge(AccountId signer, Command command)
    {
        OracleTerms terms = state.OracleTerms;
        if (terms == default || !IsOperation(command))
        {
            return;
        }

        OracleAccount account = state.OracleAccounts.GetOrDefault(signer);
        postings.ReleaseMoney(signer, terms.Fee);
        Money paid = postings.Pay(signer, state.Parameters.GridOperator, terms.Fee);
        state.OracleAccounts.Set(
            signer,
            new OracleAccount(
                account.Prepaid - terms.Fee,
                account.Paid.PlusBounded(paid),
                state.Totals.OpenEpoch,
                CountOf(account) + (IsCounted(command) ? 1 : 0)));
    }

    public LedgerError Prepay(AccountId signer, Command.PrepayOracle command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        OracleAccount account = state.OracleAccounts.GetOrDefault(command.Account);
        bool valid = command.Prepaid.Micro is >= 0 and <= Limits.MaxMoneyMicro;
        if (valid && command.Prepaid > account.Prepaid
            && state.Balances.GetOrDefault(command.Account).FreeMoney < command.Prepaid - account.Prepaid)
        {
            return LedgerError.InsufficientBalance;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!valid)
        {
            return LedgerError.InvalidAmount;
        }

        // ORACLE-1
        postings.ChangeMoneyHold(command.Account, account.Prepaid, command.Prepaid);
        state.OracleAccounts.Set(command.Account, account with { Prepaid = command.Prepaid });
        return LedgerError.None;
    }

    private static bool IsOperation(Command command) => AccessTable.RequiredRole(command) == Role.OracleOperator;

    /// <summary>A close is one of its epoch anyhow, and nothing must keep an epoch from ending.</summary>
    private static bool IsCounted(Command command) => command is not Command.CloseEpoch;

    private long CountOf(in OracleAccount account) => account.Epoch == state.Totals.OpenEpoch ? account.Count : 0;
}
