using EnergyNode.Ledger;

namespace EnergyNode.Market.Clearing;

/// <summary>An order as it stood in the book before the clearing.</summary>
/// <param name="Price">In the book: of a bid its limit less the grid fee.</param>
/// <param name="Priority">At one price the lower number goes first.</param>
public readonly record struct ClearingOrder(
    OrderId Order, AccountId Owner, Side Side, Price Price, WattHours Energy, long Priority)
{
    internal const int MinBytes = 8 + 5 + 1 + 8 + 8 + 8;

    /// <summary>CLEAR-1: bids before asks; the better price, then the lower number first.</summary>
    public bool StandsBefore(in ClearingOrder other)
    {
        if (Side != other.Side)
        {
            return Side == Side.Buy;
        }

        return Price == other.Price ? Priority < other.Priority
            : Side == Side.Buy ? Price > other.Price
            : Price < other.Price;
    }

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Order.Value);
        writer.AccountId(Owner);
        writer.Tag((byte)Side);
        writer.I64(Price.MicroPerKwh);
        writer.I64(Energy.Wh);
        writer.I64(Priority);
    }

    internal static ClearingOrder Decode(ref BorshReader reader) => new(
        new OrderId(reader.I64(1, long.MaxValue)),
        reader.AccountId(),
        (Side)reader.Tag((byte)Side.Sell),
        new Price(reader.I64(-2 * Limits.MaxPriceMicroPerKwh, Limits.MaxPriceMicroPerKwh)),
        new WattHours(reader.I64(1, Limits.MaxEnergyWh)),
        reader.I64(1, long.MaxValue));
}
