namespace EnergyNode.Ledger;

/// <summary>
/// What the status of the accounts concerned forbids, asked before all else, so that it covers every command alike.
/// docs/spec/access.md shows it as a table.
/// </summary>
public sealed class AccountGate(LedgerState state)
{
    /// <summary>Refuses by the signer's status, then by that of the account acted for, then by the receiver's.</summary>
    public LedgerError Check(AccountId signer, Command command)
    {
        LedgerError refusal = CheckActing(signer, command);
        AccountId owner = AccessTable.OwnerOf(command);
        if (refusal == LedgerError.None && owner != signer)
        {
            refusal = CheckActing(owner, command);
        }

        if (refusal == LedgerError.None && StatusOf(Receiver(command)) == UserStatus.Inactive)
        {
            refusal = LedgerError.UserInactive;
        }

        bool frozen = refusal == LedgerError.None && command is Command.Withdraw withdraw
            && StatusOf(withdraw.Account) == UserStatus.Suspended;
        return frozen ? LedgerError.UserSuspended : refusal;
    }

    /// <summary>What a suspended account may still do, itself or through its agent: only take back.</summary>
    private static bool IsRetreat(Command command) => command is Command.CancelOrder;

    /// <summary>Who is given something by the command; the empty name for nobody.</summary>
    private static AccountId Receiver(Command command) => command switch
    {
        Command.AssignMeter c => c.Owner,
        Command.Deposit c => c.Account,
        Command.Transfer c => c.To,
        Command.TransferAsset c => c.To,
        Command.GrantAgent { Granted: true } c => c.Agent,
        Command.SetRole { Given: true } c => c.Account,
        _ => default,
    };

    private LedgerError CheckActing(AccountId account, Command command) => StatusOf(account) switch
    {
        UserStatus.Suspended when !IsRetreat(command) => LedgerError.UserSuspended,
        UserStatus.Inactive when !IsRetreat(command) => LedgerError.UserInactive,
        _ => LedgerError.None,
    };

    private UserStatus StatusOf(AccountId account) => state.Users.GetOrDefault(account).Status;
}
