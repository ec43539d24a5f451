namespace EnergyNode.Ledger;

/// <summary>A large transfer that waits; its tokens are held for the sender until then.</summary>
/// <param name="Due">The first block whose time is at or after it releases the tokens.</param>
public readonly record struct LockedTransfer(AccountId From, AccountId To, Grid Amount, Instant Due)
{
    internal void Encode(BorshWriter writer)
    {
        writer.AccountId(From);
        writer.AccountId(To);
        writer.I64(Amount.Units);
        writer.I64(Due.Micros);
    }
}
