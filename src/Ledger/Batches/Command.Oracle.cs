namespace EnergyNode.Ledger;

/// <content>Prepaid oracle operations: docs/spec/oracle.md.</content>
public abstract partial record Command
{
    /// <summary>
    /// Sets how much of an account's money is set aside for its oracle operations: what is missing is held, what is
    /// more becomes free.
    /// </summary>
    /// <param name="Prepaid">0 to <see cref="Limits.MaxMoneyMicro"/>, all of it, not the difference.</param>
    public sealed record PrepayOracle(AccountId Account, Money Prepaid) : Command;
}
