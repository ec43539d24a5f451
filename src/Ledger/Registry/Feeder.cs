namespace EnergyNode.Ledger;

/// <summary>A line that connects meters to its zone.</summary>
/// <param name="CapacityW">What it can carry, in either direction, in W: 1 … 10⁹.</param>
public readonly record struct Feeder(ZoneId Zone, long CapacityW)
{
    internal void Encode(BorshWriter writer)
    {
        writer.Label(Zone.Name);
        writer.I64(CapacityW);
    }
}
