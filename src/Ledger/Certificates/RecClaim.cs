namespace EnergyNode.Ledger;

/// <summary>Whose consumption of which epochs a retired bundle stands for.</summary>
/// <param name="RetiredIn">The epoch that was open.</param>
public readonly record struct RecClaim(AccountId Beneficiary, EpochIndex From, EpochIndex To, EpochIndex RetiredIn)
{
    internal void Encode(BorshWriter writer)
    {
        writer.AccountId(Beneficiary);
        writer.I64(From.Value);
        writer.I64(To.Value);
        writer.I64(RetiredIn.Value);
    }
}
