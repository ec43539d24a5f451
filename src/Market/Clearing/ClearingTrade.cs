using EnergyNode.Ledger;

namespace EnergyNode.Market.Clearing;

/// <summary>A trade of a clearing.</summary>
/// <param name="Price">What is paid for each kWh, without the grid fee.</param>
public readonly record struct ClearingTrade(OrderId Bid, OrderId Ask, WattHours Energy, Price Price)
{
    internal const int Bytes = 4 * 8;

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Bid.Value);
        writer.I64(Ask.Value);
        writer.I64(Energy.Wh);
        writer.I64(Price.MicroPerKwh);
    }

    internal static ClearingTrade Decode(ref BorshReader reader) =>
        new(new OrderId(reader.I64()), new OrderId(reader.I64()), new WattHours(reader.I64()), new Price(reader.I64()));
}
