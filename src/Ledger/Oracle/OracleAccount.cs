namespace EnergyNode.Ledger;

/// <summary>What an account has prepaid for oracle operations, and what it used.</summary>
/// <param name="Prepaid">Part of the money that its balance holds.</param>
/// <param name="Paid">What its operations cost since genesis.</param>
/// <param name="Epoch">The one that <paramref name="Count"/> counts.</param>
/// <param name="Count">Operations executed while that epoch was open; closes are not counted.</param>
public readonly record struct OracleAccount(Money Prepaid, Money Paid, EpochIndex Epoch, long Count)
{
    internal void Encode(BorshWriter writer)
    {
        writer.I64(Prepaid.Micro);
        writer.I64(Paid.Micro);
        writer.I64(Epoch.Value);
        writer.I64(Count);
    }
}
