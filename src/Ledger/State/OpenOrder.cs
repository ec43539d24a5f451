namespace EnergyNode.Ledger;

/// <summary>
/// A resting order as a leaf of the state: enough to rebuild the book. Priority within a price is the id.
/// </summary>
/// <param name="Limit">As given: for a bid all-in.</param>
/// <param name="BookPrice">What the book sorts by: for a bid its limit less the grid fee when it was placed.</param>
/// <param name="Fee">The grid fee per kWh that a bid pays on top of each trade's price.</param>
public readonly record struct OpenOrder(
    AccountId Owner,
    BookId Book,
    Side Side,
    TimeInForce TimeInForce,
    Price Limit,
    Price BookPrice,
    Price Fee,
    WattHours Remaining)
{
    /// <summary>The money that a bid holds for what remains, rounded up.</summary>
    public Money MoneyHold => Side == Side.Buy ? Limit.CostCeiling(Remaining) : Money.Zero;

    /// <summary>The tokens that an ask holds for what remains.</summary>
    public Grid TokenHold => Side == Side.Sell ? Remaining.ToGrid() : Grid.Zero;

    internal void Encode(BorshWriter writer)
    {
        writer.AccountId(Owner);
        writer.BookId(Book);
        writer.U8((byte)Side);
        writer.U8((byte)TimeInForce);
        writer.I64(Limit.MicroPerKwh);
        writer.I64(BookPrice.MicroPerKwh);
        writer.I64(Fee.MicroPerKwh);
        writer.I64(Remaining.Wh);
    }
}
