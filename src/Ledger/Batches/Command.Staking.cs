namespace EnergyNode.Ledger;

/// <content>Commands of stake: see docs/spec/staking.md.</content>
public abstract partial record Command
{
    /// <summary>Puts free money at stake for a validator; the first bond names its key. By the account.</summary>
    public sealed record Bond(AccountId Account, PublicKey Validator, Money Amount) : Command;

    /// <summary>Takes money out of the stake, to be free after the unbonding delay. By the account.</summary>
    public sealed record Unbond(AccountId Account, Money Amount) : Command;

    /// <summary>Ends the jail of the account's validator when its time is over. By the account.</summary>
    public sealed record Unjail(AccountId Account) : Command;
}
