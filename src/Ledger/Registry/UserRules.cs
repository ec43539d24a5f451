namespace EnergyNode.Ledger;

/// <summary>Status and roles of users. Each method refuses before it changes anything.</summary>
public sealed class UserRules(LedgerState state)
{
    private readonly Offices _offices = new(state);

    public LedgerError SetStatus(AccountId signer, Command.SetUserStatus command)
    {
        if (!state.Users.TryGet(command.Account, out User user))
        {
            return LedgerError.UserNotFound;
        }

        if (command.Status != UserStatus.Active && WouldBeLast(command.Account, user.Roles))
        {
            return LedgerError.CannotRemoveLastAuthority;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        state.Users.Set(command.Account, user with { Status = command.Status });
        return LedgerError.None;
    }

    public LedgerError SetRole(AccountId signer, Command.SetRole command)
    {
        if (!state.Users.TryGet(command.Account, out User user))
        {
            return LedgerError.UserNotFound;
        }

        if (!command.Given && WouldBeLast(command.Account, user.Roles & command.Role))
        {
            return LedgerError.CannotRemoveLastAuthority;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!Roles.IsSingle(command.Role))
        {
            return LedgerError.InvalidRole;
        }

        if (NeedsProposal(signer, command.Role))
        {
            return LedgerError.ProposalNeeded;
        }

        Role roles = command.Given ? user.Roles | command.Role : user.Roles & ~command.Role;
        state.Users.Set(command.Account, user with { Roles = roles });
        return LedgerError.None;
    }

    /// <summary>Whether a role that must never be empty would have too few without this account.</summary>
    public bool WouldBeLast(AccountId account, Role roles) => _offices.Needs(account, roles);

    /// <summary>An authority names its colleagues; all else the governance gives together, if it has to.</summary>
    private bool NeedsProposal(AccountId signer, Role role)
    {
        // GOV-10
        bool asAuthority = role == Role.Authority && (state.Users.GetOrDefault(signer).Roles & role) != Role.None;
        return !asAuthority && state.Governance.Terms.Threshold > 1;
    }
}
