namespace EnergyNode.Ledger;

/// <summary>
/// Grid fees of trades within a zone, where they were set; the market's grid fee is that across zones.
/// </summary>
public readonly record struct DistanceFees(Price SameFeeder, Price SameZone)
{
    internal void Encode(BorshWriter writer)
    {
        writer.I64(SameFeeder.MicroPerKwh);
        writer.I64(SameZone.MicroPerKwh);
    }
}
