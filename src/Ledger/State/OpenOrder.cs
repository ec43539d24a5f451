namespace EnergyNode.Ledger;

/// <summary>A resting order as a leaf of the state: enough to rebuild the book.</summary>
/// <param name="Limit">As given: for a bid all-in. Of a market order its book's cap or floor.</param>
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
    /// <summary>The money that is held for each kWh, 0 or more.</summary>
    public Price HoldPrice { get; init; }

    /// <summary>Orders of one price stand in ascending order of it.</summary>
    public long Priority { get; init; }

    /// <summary>Energy of a future epoch: nobody has tokens of it yet.</summary>
    public bool IsForward { get; init; }

    public OrderTerms Terms { get; init; }

    /// <summary>The money that is held for what remains, rounded up.</summary>
    public Money MoneyHold => HoldPrice.CostCeiling(Remaining);

    /// <summary>The tokens that an ask holds for what remains; of energy to come there are none.</summary>
    public Grid TokenHold => Side == Side.Sell && !IsForward ? Remaining.ToGrid() : Grid.Zero;

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
        writer.I64(HoldPrice.MicroPerKwh);
        writer.I64(Priority);
        writer.Bool(IsForward);
        Terms.Encode(writer);
    }
}
