namespace EnergyNode.Ledger;

/// <summary>Money in and out, tariffs. Each method refuses before it changes anything.</summary>
public sealed class MoneyRules(LedgerState state, Postings postings)
{
    public LedgerError Deposit(AccountId signer, Command.Deposit command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        return IsAmount(command.Amount)
            ? postings.Deposit(command.Account, command.Amount)
            : LedgerError.InvalidAmount;
    }

    public LedgerError Withdraw(AccountId signer, Command.Withdraw command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (IsAmount(command.Amount) && state.Balances.GetOrDefault(command.Account).FreeMoney < command.Amount)
        {
            return LedgerError.InsufficientBalance;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        return IsAmount(command.Amount)
            ? postings.Withdraw(command.Account, command.Amount)
            : LedgerError.InvalidAmount;
    }

    public LedgerError SetTariff(AccountId signer, Command.SetTariff command)
    {
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!IsTariff(command.Retail) || !IsTariff(command.FeedIn))
        {
            return LedgerError.InvalidPrice;
        }

        state.Parameters = state.Parameters with { Retail = command.Retail, FeedIn = command.FeedIn };
        return LedgerError.None;
    }

    private static bool IsAmount(Money amount) => amount.Micro is > 0 and <= Limits.MaxMoneyMicro;

    private static bool IsTariff(Price price) => price.MicroPerKwh is >= 0 and <= Limits.MaxPriceMicroPerKwh;
}
