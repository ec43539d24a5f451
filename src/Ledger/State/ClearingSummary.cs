namespace EnergyNode.Ledger;

/// <summary>
/// What the state keeps of the clearing of one call auction: enough to refute any other account of it. The whole
/// certificate is docs/spec/clearing.md.
/// </summary>
/// <param name="OrdersRoot">Of all orders in the book, bids before asks, each side in priority order.</param>
/// <param name="TradesRoot">Of all trades in the order in which they were made.</param>
/// <param name="Price">The uniform price; null without trades and in a pay-as-bid auction.</param>
public readonly record struct ClearingSummary(
    BookMechanism Mechanism,
    Hash32 OrdersRoot,
    Hash32 TradesRoot,
    long Orders,
    long Trades,
    Price? Price,
    WattHours Volume)
{
    public void Encode(BorshWriter writer)
    {
        writer.U8((byte)Mechanism);
        writer.Hash32(OrdersRoot);
        writer.Hash32(TradesRoot);
        writer.I64(Orders);
        writer.I64(Trades);
        writer.Option(Price is not null);
        if (Price is { } price)
        {
            writer.I64(price.MicroPerKwh);
        }

        writer.I64(Volume.Wh);
    }

    /// <summary>Reads a summary; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static ClearingSummary Decode(ref BorshReader reader) => new(
        (BookMechanism)reader.Tag((byte)BookMechanism.PayAsBidAuction),
        reader.Hash32(),
        reader.Hash32(),
        reader.I64(),
        reader.I64(),
        reader.Option() ? new Price(reader.I64()) : null,
        new WattHours(reader.I64()));
}
