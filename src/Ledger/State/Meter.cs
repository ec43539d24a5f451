namespace EnergyNode.Ledger;

/// <summary>A meter, whose it is, and its reading of the open epoch.</summary>
/// <param name="ReadFor">The epoch of the reading; <see cref="NeverRead"/> before the first.</param>
public readonly record struct Meter(
    AccountId Owner,
    PublicKey Key,
    long ImportRatingW,
    long ExportRatingW,
    EpochIndex ReadFor,
    WattHours Consumption,
    WattHours Generation)
{
    public static readonly EpochIndex NeverRead = new(-1);

    /// <summary>What the home took from the grid in the epoch of its last reading.</summary>
    public WattHours Import => Consumption > Generation ? Consumption - Generation : WattHours.Zero;

    internal void Encode(BorshWriter writer)
    {
        writer.AccountId(Owner);
        writer.PublicKey(Key);
        writer.I64(ImportRatingW);
        writer.I64(ExportRatingW);
        writer.I64(ReadFor.Value);
        writer.I64(Consumption.Wh);
        writer.I64(Generation.Wh);
    }
}
