using EnergyNode.Ledger;

namespace EnergyNode.Market.Coupling;

/// <summary>A trade over the network: what the prices differ by is the rent of full lines between the two.</summary>
/// <param name="BidPrice">What the buyer pays for each kWh, without the grid fee: the price at his node.</param>
/// <param name="AskPrice">What the seller gets: the price at his, never more.</param>
public readonly record struct CoupledTrade(
    OrderId Bid, OrderId Ask, WattHours Energy, Price BidPrice, Price AskPrice)
{
    /// <summary>Each side is rounded by itself, and what the rounding leaves is rent.</summary>
    public Money Rent => BidPrice.CostFloor(Energy) - AskPrice.CostFloor(Energy);
}
