namespace EnergyNode.Ledger;

/// <summary>
/// Who may give which command: the one place where it is decided. docs/spec/access.md shows it as a table.
/// </summary>
public static class AccessTable
{
    /// <summary>
    /// The roles of which a command needs one, or <see cref="Role.None"/> when it is the account's own affair
    /// alone.
    /// </summary>
    public static Role RequiredRole(Command command) => command switch
    {
        Command.RegisterUser => Role.Authority,
        Command.AssignMeter => Role.AmiService,
        Command.Deposit or Command.Withdraw => Role.Treasury,
        Command.SetTariff or Command.SubmitReading or Command.CloseEpoch => Role.OracleOperator,
        Command.CorrectReading or Command.SetDeviationPrices => Role.OracleOperator,
        Command.SetDistanceFees => Role.Governance,
        Command.SetUserStatus or Command.RegisterZone or Command.RegisterFeeder => Role.Authority,
        Command.SetRole { Role: Role.Authority } => Role.Authority | Role.Governance,
        Command.SetRole => Role.Governance,
        Command.RevokeKey => Role.Authority,
        Command.ConnectMeter or Command.ReplaceMeterKey => Role.AmiService,
        Command.IssueCertificates => Role.RecRegulator,
        Command.Propose or Command.ApproveProposal or Command.WithdrawApproval => Role.Governance,
        Command.SetAssetStatus c => c.Status == AssetStatus.Retired ? Role.None : Role.AmiService,
        _ => Role.None,
    };

    /// <summary>Whether an agent may give the command in the account's name.</summary>
    public static bool OpenToAgents(Command command) =>
        command is Command.PlaceOrder or Command.CancelOrder or Command.ReplaceOrder or Command.CancelAll
            or Command.PlaceBlockOrder;

    /// <param name="signer">The account whose key signed the batch.</param>
    public static bool Allows(LedgerState state, AccountId signer, Command command)
    {
        if (command is Command.SubmitEvidence)
        {
            return true;
        }

        Role required = RequiredRole(command);
        if ((state.Users.GetOrDefault(signer).Roles & required) != 0)
        {
            return true;
        }

        AccountId owner = OwnerOf(command);
        return owner == signer
            || (OpenToAgents(command) && state.Agents.GetOrDefault(new AgentGrant(owner, signer)));
    }

    /// <summary>Whose own affair a command is; the empty name for those that only roles allow.</summary>
    public static AccountId OwnerOf(Command command) => command switch
    {
        Command.GrantAgent c => c.Account,
        Command.Transfer c => c.From,
        Command.PlaceOrder c => c.Account,
        Command.CancelOrder c => c.Account,
        Command.ReplaceOrder c => c.Account,
        Command.CancelAll c => c.Account,
        Command.PlaceBlockOrder c => c.Account,
        Command.CreateAsset c => c.Owner,
        Command.Approve c => c.Owner,
        Command.TransferFrom c => c.Spender,
        Command.Burn c => c.Account,
        Command.RotateKey c => c.Account,
        Command.RevokeKey c => c.Account,
        Command.SetCircle c => c.Account,
        Command.ApproveOperation c => c.Member,
        Command.VoteRecovery c => c.Voter,
        Command.SetSpendingPolicy c => c.Account,
        Command.CancelTransfer c => c.Account,
        Command.TransferAsset c => c.Owner,
        Command.CancelProposal c => c.Proposer,
        Command.SplitCertificates c => c.Owner,
        Command.TransferCertificates c => c.Owner,
        Command.RetireCertificates c => c.Owner,
        Command.SetAssetStatus { Status: AssetStatus.Retired } c => c.Owner,
        Command.PrepayOracle c => c.Account,
        Command.Bond c => c.Account,
        Command.Unbond c => c.Account,
        Command.Unjail c => c.Account,
        _ => default,
    };
}
