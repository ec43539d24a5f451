namespace EnergyNode.Ledger;

/// <summary>Spending limits and transfers that wait.</summary>
/// <param name="now">The time of the block.</param>
public sealed class SpendingRules(LedgerState state, Postings postings, Instant now)
{
    public LedgerError SetPolicy(AccountId signer, Command.SetSpendingPolicy command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!command.Terms.IsValid)
        {
            return LedgerError.InvalidSpendingTerms;
        }

        SpendingPolicy policy = state.SpendingPolicies.GetOrDefault(command.Account).At(now);
        state.SpendingPolicies.Set(command.Account, policy.Ask(command.Terms, now));
        return LedgerError.None;
    }

    public LedgerError Cancel(AccountId signer, Command.CancelTransfer command)
    {
        if (!state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.LockedTransfers.TryGet(command.Id, out LockedTransfer transfer))
        {
            return LedgerError.TransferNotFound;
        }

        if (transfer.From != command.Account)
        {
            return LedgerError.NotTheOwner;
        }

        End(command.Id, transfer);
        return LedgerError.None;
    }

    /// <summary>Whether an account's own bonds let an amount go; asked of valid amounts only.</summary>
    /// <param name="mayWait">The amount is a transfer, which waits when it is large.</param>
    public LedgerError Check(AccountId account, Grid amount, bool mayWait)
    {
        SpendingPolicy policy = state.SpendingPolicies.GetOrDefault(account).At(now);
        if (mayWait && policy.Terms.Locks(amount) && policy.LockedTransfers >= Limits.MaxLockedTransfersPerAccount)
        {
            return LedgerError.TooManyPending;
        }

        return amount > policy.Room(now) ? LedgerError.SpendingLimitExceeded : LedgerError.None;
    }

    /// <summary>Counts what leaves an account; <see cref="Check"/> has let it go.</summary>
    public void Spend(AccountId account, Grid amount)
    {
        if (state.SpendingPolicies.TryGet(account, out SpendingPolicy policy))
        {
            state.SpendingPolicies.Set(account, policy.At(now).Spend(amount, now));
        }
    }

    /// <summary>Moves tokens now, or holds them until they are due.</summary>
    /// <returns>The number under which they wait; 0 when they have moved.</returns>
    public TransferId Move(AccountId from, AccountId to, Grid amount)
    {
        Spend(from, amount);
        SpendingPolicy policy = state.SpendingPolicies.GetOrDefault(from);
        if (!policy.Terms.Locks(amount))
        {
            postings.MoveTokens(from, to, amount);
            return default;
        }

        TransferId id = new(state.LastTransfer.Value + 1);
        postings.HoldTokens(from, amount);
        state.LastTransfer = id;
        state.LockedTransfers.Set(id, new LockedTransfer(from, to, amount, now.Plus(policy.Terms.Delay)));
        state.SpendingPolicies.Set(from, policy with { LockedTransfers = policy.LockedTransfers + 1 });
        return id;
    }

    /// <summary>
    /// Lets transfers go that are due, in the order of their numbers. One between accounts of which one is no longer
    /// active ends instead.
    /// </summary>
    public void ReleaseDue()
    {
        if (state.LockedTransfers.Count == 0)
        {
            return;
        }

        foreach (TransferId id in state.LockedTransfers.Keys)
        {
            LockedTransfer transfer = state.LockedTransfers[id];
            if (now < transfer.Due)
            {
                continue;
            }

            End(id, transfer);
            if (state.Users[transfer.From].Status == UserStatus.Active
                && state.Users[transfer.To].Status != UserStatus.Inactive)
            {
                postings.MoveTokens(transfer.From, transfer.To, transfer.Amount);
            }
        }
    }

    /// <summary>Ends all that wait: at a close, since a token does not outlive its epoch.</summary>
    public void EndAll()
    {
        foreach (TransferId id in state.LockedTransfers.Count == 0 ? [] : state.LockedTransfers.Keys)
        {
            End(id, state.LockedTransfers[id]);
        }
    }

    private void End(TransferId id, LockedTransfer transfer)
    {
        postings.ReleaseTokens(transfer.From, transfer.Amount);
        state.LockedTransfers.Remove(id);
        SpendingPolicy policy = state.SpendingPolicies[transfer.From];
        state.SpendingPolicies.Set(transfer.From, policy with { LockedTransfers = policy.LockedTransfers - 1 });
    }
}
