namespace EnergyNode.Ledger;

/// <summary>A price of <see cref="MarketParameters"/>. Numbers are part of the wire format.</summary>
public enum MarketPrice : byte
{
    GridFee = 0,
    Retail = 1,
    FeedIn = 2,
}
