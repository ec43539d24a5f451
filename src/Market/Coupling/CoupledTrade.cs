using EnergyNode.Ledger;

namespace EnergyNode.Market.Coupling;

/// <summary>A trade over the network: what the prices differ by is the rent of full lines between the two.</summary>
/// <param name="BidPrice">What the buyer pays for each kWh, without the grid fee: the price at his node.</param>
/// <param name="AskPrice">What the seller gets: the price at his, never more.</param>
public readonly record struct CoupledTrade(
    OrderId Bid, OrderId Ask, WattHours Energy, Price BidPrice, Price AskPrice)
{
    internal const int Bytes = 5 * 8;

    /// <summary>Each side is rounded by itself, and what the rounding leaves is rent.</summary>
    public Money Rent => BidPrice.CostFloor(Energy) - AskPrice.CostFloor(Energy);

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Bid.Value);
        writer.I64(Ask.Value);
        writer.I64(Energy.Wh);
        writer.I64(BidPrice.MicroPerKwh);
        writer.I64(AskPrice.MicroPerKwh);
    }

    internal static CoupledTrade Decode(ref BorshReader reader) => new(
        new OrderId(reader.I64()),
        new OrderId(reader.I64()),
        new WattHours(reader.I64(1, Limits.MaxEnergyWh)),
        new Price(reader.I64(-2 * Limits.MaxPriceMicroPerKwh, Limits.MaxPriceMicroPerKwh)),
        new Price(reader.I64(-2 * Limits.MaxPriceMicroPerKwh, Limits.MaxPriceMicroPerKwh)));
}
