namespace EnergyNode.Ledger;

/// <summary>How one book cleared in one epoch.</summary>
/// <param name="Price">
/// The uniform price, of a coupled book that of its zone (GRID-8); null when nothing traded, or only on feeders that
/// are cut off.
/// </param>
/// <param name="Volume">Of a coupled book, what its orders traded, also with those of others.</param>
/// <param name="ClosedAt">The height of the block that closed the epoch.</param>
public readonly record struct EpochResult(Price? Price, WattHours Volume, int Trades, int Orders, Height ClosedAt)
{
    /// <summary>Reads a result; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static EpochResult Decode(ref BorshReader reader) => new(
        reader.Option() ? new Price(reader.I64()) : null,
        new WattHours(reader.I64()),
        (int)reader.I64(0, int.MaxValue),
        (int)reader.I64(0, int.MaxValue),
        new Height(reader.I64()));

    internal void Encode(BorshWriter writer)
    {
        writer.Option(Price is not null);
        if (Price is { } price)
        {
            writer.I64(price.MicroPerKwh);
        }

        writer.I64(Volume.Wh);
        writer.I64(Trades);
        writer.I64(Orders);
        writer.I64(ClosedAt.Value);
    }
}
