namespace EnergyNode.Ledger;

/// <summary>Energy that was sold for an epoch to come, until that epoch closes.</summary>
/// <param name="Price">What the buyer pays for each kWh; below zero the seller pays.</param>
/// <param name="SellerPrice">What the seller gets for each kWh: less where a line was full.</param>
/// <param name="Fee">What the buyer pays to the grid operator for each kWh.</param>
/// <param name="BuyerHold">Of the buyer's money: all that the trade will cost him.</param>
/// <param name="SellerHold">
/// Of the seller's money: what replacing the energy would have cost beyond the price when the ask was placed.
/// </param>
public readonly record struct Position(
    AccountId Buyer,
    AccountId Seller,
    BookId Book,
    WattHours Energy,
    Price Price,
    Price SellerPrice,
    Price Fee,
    Money BuyerHold,
    Money SellerHold)
{
    /// <summary>Reads a position; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static Position Decode(ref BorshReader reader) => new(
        reader.AccountId(),
        reader.AccountId(),
        reader.BookId(),
        new WattHours(reader.I64()),
        new Price(reader.I64()),
        new Price(reader.I64()),
        new Price(reader.I64()),
        new Money(reader.I64()),
        new Money(reader.I64()));

    internal void Encode(BorshWriter writer)
    {
        writer.AccountId(Buyer);
        writer.AccountId(Seller);
        writer.BookId(Book);
        writer.I64(Energy.Wh);
        writer.I64(Price.MicroPerKwh);
        writer.I64(SellerPrice.MicroPerKwh);
        writer.I64(Fee.MicroPerKwh);
        writer.I64(BuyerHold.Micro);
        writer.I64(SellerHold.Micro);
    }
}
