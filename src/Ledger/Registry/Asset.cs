namespace EnergyNode.Ledger;

/// <summary>A device behind a meter.</summary>
/// <param name="NameplateW">Its rated power in W, 1 … 10⁹.</param>
public readonly record struct Asset(
    AccountId Owner, AssetKind Kind, MeterId Meter, long NameplateW, AssetStatus Status)
{
    internal void Encode(BorshWriter writer)
    {
        writer.AccountId(Owner);
        writer.U8((byte)Kind);
        writer.MeterId(Meter);
        writer.I64(NameplateW);
        writer.U8((byte)Status);
    }
}
