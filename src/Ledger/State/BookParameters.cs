namespace EnergyNode.Ledger;

/// <summary>The rules of one order book, which <see cref="BookRules"/> sets.</summary>
/// <param name="Tick">Limits are multiples of it.</param>
/// <param name="Lot">Quantities are multiples of it.</param>
/// <param name="Floor">The lowest limit; may be below zero. A multiple of the tick.</param>
/// <param name="Cap">The highest limit, of a bid all-in. A multiple of the tick, not below the floor.</param>
/// <param name="IsOpen">Whether orders are taken; they can be cancelled always.</param>
/// <param name="Forward">What a forward book trades; null for a spot book, which trades the open epoch.</param>
public readonly record struct BookParameters(
    BookMechanism Mechanism,
    Price Tick,
    WattHours Lot,
    Price Floor,
    Price Cap,
    Label Zone,
    EnergyQuality Quality,
    bool IsOpen,
    ForwardTerms? Forward)
{
    /// <summary>An open call auction of the open epoch at a uniform price, from zero to the highest price.</summary>
    public static readonly BookParameters Default = new(
        BookMechanism.CallAuction,
        new Price(1),
        new WattHours(1),
        new Price(0),
        new Price(Limits.MaxPriceMicroPerKwh),
        Label.Parse("local"),
        EnergyQuality.Grid,
        true,
        null);

    public bool AllowsLimit(Price limit) =>
        limit >= Floor && limit <= Cap && limit.MicroPerKwh % Tick.MicroPerKwh == 0;

    public bool AllowsQuantity(WattHours quantity) =>
        quantity.Wh is > 0 and <= Limits.MaxEnergyWh && quantity.Wh % Lot.Wh == 0;

    internal static BookParameters Decode(ref BorshReader reader) => new(
        (BookMechanism)reader.Tag((byte)BookMechanism.PayAsBidAuction),
        new Price(reader.I64()),
        new WattHours(reader.I64()),
        new Price(reader.I64()),
        new Price(reader.I64()),
        reader.Label(),
        (EnergyQuality)reader.Tag((byte)EnergyQuality.Storage),
        reader.Bool(),
        reader.Option() ? ForwardTerms.Decode(ref reader) : null);

    internal void Encode(BorshWriter writer)
    {
        writer.U8((byte)Mechanism);
        writer.I64(Tick.MicroPerKwh);
        writer.I64(Lot.Wh);
        writer.I64(Floor.MicroPerKwh);
        writer.I64(Cap.MicroPerKwh);
        writer.Label(Zone);
        writer.U8((byte)Quality);
        writer.Bool(IsOpen);
        writer.Option(Forward is not null);
        Forward?.Encode(writer);
    }
}
