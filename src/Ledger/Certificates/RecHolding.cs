namespace EnergyNode.Ledger;

/// <summary>What an account holds in certificates.</summary>
/// <param name="Bundles">Bundles that are not retired; expired ones count.</param>
/// <param name="Active">Their Wh.</param>
/// <param name="Retired">Wh that the account has retired, for whomever.</param>
public readonly record struct RecHolding(int Bundles, WattHours Active, WattHours Retired)
{
    internal void Encode(BorshWriter writer)
    {
        writer.I64(Bundles);
        writer.I64(Active.Wh);
        writer.I64(Retired.Wh);
    }
}
