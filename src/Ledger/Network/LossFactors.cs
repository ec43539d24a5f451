namespace EnergyNode.Ledger;

/// <summary>Loss factors by electrical distance (GRID-11); all zero where the grid counts as free of losses.</summary>
/// <param name="SameFeeder">At most <paramref name="SameZone"/>.</param>
/// <param name="SameZone">At most <paramref name="AcrossZones"/>.</param>
/// <param name="AcrossZones">Also where it is not known where an account is.</param>
public readonly record struct LossFactors(LossFactor SameFeeder, LossFactor SameZone, LossFactor AcrossZones)
{
    internal bool IsValid =>
        SameFeeder.IsValid && SameZone.IsValid && AcrossZones.IsValid
        && SameFeeder.Ppm <= SameZone.Ppm && SameZone.Ppm <= AcrossZones.Ppm;

    /// <summary>The factor of trades over a distance.</summary>
    public LossFactor Over(GridDistance distance) => distance switch
    {
        GridDistance.SameFeeder => SameFeeder,
        GridDistance.SameZone => SameZone,
        _ => AcrossZones,
    };

    internal static LossFactors Decode(ref BorshReader reader) =>
        new(new LossFactor(reader.I64()), new LossFactor(reader.I64()), new LossFactor(reader.I64()));

    internal void Encode(BorshWriter writer)
    {
        writer.I64(SameFeeder.Ppm);
        writer.I64(SameZone.Ppm);
        writer.I64(AcrossZones.Ppm);
    }
}
