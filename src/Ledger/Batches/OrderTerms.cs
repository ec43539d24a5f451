namespace EnergyNode.Ledger;

/// <summary>What an order asks for beside side, limit and quantity. All zeros: nothing special.</summary>
/// <param name="IsMarket">Takes any price that its book allows; its limit is given as 0.</param>
/// <param name="IsPostOnly">Refused instead of trading on arrival.</param>
/// <param name="SelfTradePrevention">What happens where it would trade with an order of its own account.</param>
/// <param name="MinimumQuantity">What must trade on arrival, else the whole order expires; 0 for none.</param>
/// <param name="ValidUntil">When a good-till-time order ends; of any other 0.</param>
public readonly record struct OrderTerms(
    bool IsMarket,
    bool IsPostOnly,
    SelfTradePrevention SelfTradePrevention,
    WattHours MinimumQuantity,
    Instant ValidUntil)
{
    private const byte Market = 1;
    private const byte PostOnly = 2;

    internal void Encode(BorshWriter writer)
    {
        writer.U8((byte)((IsMarket ? Market : 0) | (IsPostOnly ? PostOnly : 0)));
        writer.Tag((byte)SelfTradePrevention);
        writer.I64(MinimumQuantity.Wh);
        writer.I64(ValidUntil.Micros);
    }

    /// <summary>Reads terms; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    internal static OrderTerms Decode(ref BorshReader reader)
    {
        byte flags = reader.Tag(Market | PostOnly);
        return new OrderTerms(
            (flags & Market) != 0,
            (flags & PostOnly) != 0,
            (SelfTradePrevention)reader.Tag((byte)SelfTradePrevention.CancelBoth),
            new WattHours(reader.I64()),
            new Instant(reader.I64()));
    }
}
