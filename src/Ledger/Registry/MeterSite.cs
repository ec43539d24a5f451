namespace EnergyNode.Ledger;

/// <summary>Where a meter is connected and what stands behind it.</summary>
/// <param name="NameplateW">
/// The most that its devices generate, in W: 1 … 10⁹, or 0 where <paramref name="Direction"/> is import only.
/// </param>
public readonly record struct MeterSite(FeederId Feeder, long NameplateW, MeterDirection Direction)
{
    internal void Encode(BorshWriter writer)
    {
        writer.Label(Feeder.Name);
        writer.I64(NameplateW);
        writer.U8((byte)Direction);
    }
}
