using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>Who decides for an account together with others.</summary>
public sealed class CircleRules(LedgerState state)
{
    public LedgerError Set(AccountId signer, Command.SetCircle command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        foreach (AccountId account in command.Accounts)
        {
            if (!state.Users.Contains(account))
            {
                return LedgerError.UserNotFound;
            }
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!IsValid(command))
        {
            return LedgerError.InvalidCircle;
        }

        Apply(command);
        return LedgerError.None;
    }

    private static bool IsValid(Command.SetCircle command)
    {
        int count = command.Accounts.Count;
        if (count == 0)
        {
            return command.Threshold == 0 && command.Delay.Micros == 0;
        }

        for (int i = 0; i < count; i++)
        {
            bool ordered = i == 0 || command.Accounts[i - 1].CompareTo(command.Accounts[i]) < 0;
            if (!ordered || command.Accounts[i] == command.Account)
            {
                return false;
            }
        }

        bool rightDelay = command.Kind == CircleKind.Members
            ? command.Delay.Micros == 0
            : command.Delay.Micros >= Limits.MinRecoveryDelay.Micros
                && command.Delay.Micros <= Limits.MaxRecoveryDelay.Micros;
        int least = command.Kind == CircleKind.Members ? 1 : (count / 2) + 1;
        return count <= Limits.MaxCircle && rightDelay && command.Threshold >= least && command.Threshold <= count;
    }

    /// <summary>What the old circle has under way ends with it.</summary>
    private void Apply(Command.SetCircle command)
    {
        if (command.Kind == CircleKind.Guardians)
        {
            state.Recoveries.Remove(command.Account);
        }
        else
        {
            EndOperations(command.Account);
        }

        CircleOf key = new(command.Account, command.Kind);
        if (command.Accounts.Count == 0)
        {
            state.Circles.Remove(key);
            return;
        }

        List<AccountId> accounts = [.. command.Accounts];
        state.Circles.Set(key, new Circle(command.Threshold, command.Delay, accounts, 0));
    }

    private void EndOperations(AccountId account)
    {
        foreach (OperationKey key in state.Operations.Keys)
        {
            if (key.Account == account)
            {
                state.Operations.Remove(key);
            }
        }
    }
}
