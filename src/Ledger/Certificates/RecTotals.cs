namespace EnergyNode.Ledger;

/// <summary>Sums over all certificates.</summary>
/// <param name="Bundles">The number of the newest bundle.</param>
public readonly record struct RecTotals(long Bundles, WattHours Issued, WattHours Retired)
{
    internal void Encode(BorshWriter writer)
    {
        writer.I64(Bundles);
        writer.I64(Issued.Wh);
        writer.I64(Retired.Wh);
    }
}
