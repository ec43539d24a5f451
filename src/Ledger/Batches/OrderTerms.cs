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
    private const byte Minimum = 4;
    private const byte Until = 8;
    private const byte AllFlags = Market | PostOnly | Minimum | Until;
    private const int PreventionShift = 4;

    /// <summary>One byte for most orders: flags, the mode of prevention, and only the fields that are not 0.</summary>
    internal void Encode(BorshWriter writer)
    {
        int flags = (IsMarket ? Market : 0) | (IsPostOnly ? PostOnly : 0)
            | (MinimumQuantity.Wh != 0 ? Minimum : 0) | (ValidUntil.Micros != 0 ? Until : 0);
        writer.U8((byte)(flags | ((int)SelfTradePrevention << PreventionShift)));
        if (MinimumQuantity.Wh != 0)
        {
            writer.I64(MinimumQuantity.Wh);
        }

        if (ValidUntil.Micros != 0)
        {
            writer.I64(ValidUntil.Micros);
        }
    }

    /// <summary>Reads terms; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    internal static OrderTerms Decode(ref BorshReader reader)
    {
        byte first = reader.Tag(((byte)SelfTradePrevention.CancelBoth << PreventionShift) | AllFlags);
        long minimum = (first & Minimum) != 0 ? NotZero(ref reader) : 0;
        long until = (first & Until) != 0 ? NotZero(ref reader) : 0;
        return new OrderTerms(
            (first & Market) != 0,
            (first & PostOnly) != 0,
            (SelfTradePrevention)(first >> PreventionShift),
            new WattHours(minimum),
            new Instant(until));
    }

    /// <summary>A zero is told by its flag: there is one encoding of everything.</summary>
    private static long NotZero(ref BorshReader reader)
    {
        long value = reader.I64();
        if (value == 0)
        {
            reader.Fail(CodecError.OutOfRange);
        }

        return value;
    }
}
