namespace EnergyNode.Ledger;

/// <summary>What a meter generated in an epoch by its verified reading, and what was certified of it.</summary>
/// <param name="Producer">Whose meter it was then: certificates are issued to this account.</param>
/// <param name="Issued">Never more than <paramref name="Verified"/>.</param>
public readonly record struct Generation(AccountId Producer, WattHours Verified, WattHours Issued)
{
    internal void Encode(BorshWriter writer)
    {
        writer.AccountId(Producer);
        writer.I64(Verified.Wh);
        writer.I64(Issued.Wh);
    }
}
