using System.Numerics;

namespace EnergyNode.Ledger;

/// <summary>
/// What members do for a shared account: each approves the same operation in a batch of its own, and the approval that
/// completes it executes it. If that is refused, the approval is, too.
/// </summary>
/// <param name="now">The time of the block.</param>
public sealed class OperationRules(LedgerState state, Instant now)
{
    /// <param name="complete">
    /// The caller executes the operation as the account and, if that succeeds, calls <see cref="Done"/>.
    /// </param>
    public LedgerError Approve(AccountId signer, Command.ApproveOperation command, out bool complete)
    {
        complete = false;
        if (!state.Users.Contains(command.Member) || !state.Users.Contains(command.Account))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        CircleOf circleKey = new(command.Account, CircleKind.Members);
        bool shared = state.Circles.TryGet(circleKey, out Circle circle);
        int index = shared ? circle.IndexOf(command.Member) : -1;
        if (index < 0)
        {
            return LedgerError.NotInCircle;
        }

        if (command.ValidUntil < now || command.ValidUntil > now.Plus(Limits.MaxOperationValidity))
        {
            return LedgerError.OperationExpired;
        }

        OperationKey key = OperationKey.Of(command);
        bool waits = state.Operations.TryGet(key, out PendingOperation pending);
        if ((pending.Approvals & (1 << index)) != 0)
        {
            return LedgerError.AlreadyApproved;
        }

        int approvals = pending.Approvals | (1 << index);
        complete = BitOperations.PopCount((uint)approvals) >= circle.Threshold;
        if (!waits && !complete && circle.Pending >= Limits.MaxPendingOperationsPerAccount)
        {
            return LedgerError.TooManyPending;
        }

        if (!IsAllowed(command))
        {
            return LedgerError.OperationNotAllowed;
        }

        if (!complete)
        {
            state.Operations.Set(key, new PendingOperation(command.ValidUntil, (ushort)approvals));
            state.Circles.Set(circleKey, circle with { Pending = circle.Pending + (waits ? 0 : 1) });
        }

        return LedgerError.None;
    }

    /// <summary>Forgets an operation that was executed.</summary>
    public void Done(Command.ApproveOperation command) => End(OperationKey.Of(command));

    /// <summary>Forgets operations whose time has passed.</summary>
    public void EndExpired()
    {
        foreach (OperationKey key in state.Operations.Count == 0 ? [] : state.Operations.Keys)
        {
            if (state.Operations[key].ValidUntil < now)
            {
                End(key);
            }
        }
    }

    /// <summary>
    /// The account's own affairs, and what roles are for but readings and closes: those carry signatures of their own,
    /// or end a segment.
    /// </summary>
    private static bool IsAllowed(Command.ApproveOperation command) => command.Operation switch
    {
        Command.ApproveOperation => false,
        Command.RegisterUser or Command.AssignMeter or Command.Deposit or Command.Withdraw or Command.SetTariff => true,
        Command.SetDeviationPrices or Command.SetDistanceFees => true,
        Command.SetUserStatus or Command.SetRole or Command.RegisterZone or Command.RegisterFeeder => true,
        Command.ConnectMeter or Command.ReplaceMeterKey or Command.SetAssetStatus or Command.RevokeKey => true,
        Command.Propose or Command.ApproveProposal or Command.WithdrawApproval => true,
        _ => AccessTable.OwnerOf(command.Operation) == command.Account,
    };

    private void End(OperationKey key)
    {
        if (!state.Operations.Contains(key))
        {
            return;
        }

        state.Operations.Remove(key);
        CircleOf circleKey = new(key.Account, CircleKind.Members);
        Circle circle = state.Circles[circleKey];
        state.Circles.Set(circleKey, circle with { Pending = circle.Pending - 1 });
    }
}
