namespace EnergyNode.Ledger;

/// <summary>
/// Who may give which command: the one place where it is decided. docs/spec/access.md shows it as a table.
/// </summary>
public static class AccessTable
{
    /// <summary>
    /// The role that a command needs, or <see cref="Role.None"/> when it is the account's own affair.
    /// </summary>
    public static Role RequiredRole(Command command) => command switch
    {
        Command.RegisterUser => Role.Authority,
        Command.AssignMeter => Role.AmiService,
        Command.Deposit or Command.Withdraw => Role.Treasury,
        Command.SetTariff or Command.SubmitReading or Command.CloseEpoch => Role.OracleOperator,
        _ => Role.None,
    };

    /// <summary>Whether an agent may give the command in the account's name.</summary>
    public static bool OpenToAgents(Command command) => command is Command.PlaceOrder or Command.CancelOrder;

    /// <param name="signer">The account whose key signed the batch.</param>
    public static bool Allows(LedgerState state, AccountId signer, Command command)
    {
        Role required = RequiredRole(command);
        if (required != Role.None)
        {
            return (state.Users.GetOrDefault(signer).Roles & required) != 0;
        }

        AccountId owner = OwnerOf(command);
        return owner == signer
            || (OpenToAgents(command) && state.Agents.GetOrDefault(new AgentGrant(owner, signer)));
    }

    private static AccountId OwnerOf(Command command) => command switch
    {
        Command.GrantAgent c => c.Account,
        Command.Transfer c => c.From,
        Command.PlaceOrder c => c.Account,
        Command.CancelOrder c => c.Account,
        Command.Bond c => c.Account,
        Command.Unbond c => c.Account,
        Command.Unjail c => c.Account,
        _ => default,
    };
}
