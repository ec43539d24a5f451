namespace EnergyNode.Ledger;

/// <summary>
/// What the status of the accounts concerned forbids, asked before all else, so that it covers every command alike.
/// docs/spec/access.md shows it as a table.
/// </summary>
public sealed class AccountGate(LedgerState state)
{
    /// <summary>By the signer's status, then by that of the account acted for, then by the receiver's.</summary>
    /// <param name="approved">The members of the signer have approved it.</param>
    public LedgerError Check(AccountId signer, Command command, bool approved)
    {
        LedgerError refusal = CheckActing(signer, command);
        if (refusal == LedgerError.None && !approved
            && state.Circles.Contains(new CircleOf(signer, CircleKind.Members)))
        {
            return LedgerError.ApprovalsNeeded;
        }

        AccountId owner = AccessTable.OwnerOf(command);
        if (refusal == LedgerError.None && owner != signer)
        {
            refusal = CheckActing(owner, command);
        }

        if (refusal == LedgerError.None && command is Command.TransferFrom transfer)
        {
            refusal = CheckActing(transfer.From, command);
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
    private static bool IsRetreat(Command command) =>
        command is Command.CancelOrder or Command.CancelAll or Command.CancelTransfer or Command.RevokeKey
            or Command.VoteRecovery { InFavour: false };

    /// <summary>Who is given something by the command; the empty name for nobody.</summary>
    private static AccountId Receiver(Command command) => command switch
    {
        Command.AssignMeter c => c.Owner,
        Command.Deposit c => c.Account,
        Command.Transfer c => c.To,
        Command.TransferFrom c => c.To,
        Command.Approve c => c.Spender,
        Command.TransferAsset c => c.To,
        Command.TransferCertificates c => c.To,
        Command.GrantAgent { Granted: true } c => c.Agent,
        Command.SetRole { Given: true } c => c.Account,
        Command.Propose { Action: GovernanceAction.SetRole { Given: true } a } => a.Account,
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
