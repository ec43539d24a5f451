namespace EnergyNode.Ledger;

/// <summary>Which side of a book an order stands on.</summary>
public enum Side : byte
{
    Buy = 0,
    Sell = 1,
}
