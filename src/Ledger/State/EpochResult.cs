namespace EnergyNode.Ledger;

/// <summary>How one book cleared in one epoch.</summary>
/// <param name="Price">The uniform price; null when nothing traded.</param>
/// <param name="ClosedAt">The height of the block that closed the epoch.</param>
public readonly record struct EpochResult(Price? Price, WattHours Volume, int Trades, int Orders, Height ClosedAt)
{
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
