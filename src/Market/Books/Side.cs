namespace EnergyNode.Market.Books;

/// <summary>The side of an order. Buy orders are bids, sell orders are asks.</summary>
public enum Side : byte
{
    Buy = 0,
    Sell = 1,
}
