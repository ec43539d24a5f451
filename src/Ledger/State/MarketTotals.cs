namespace EnergyNode.Ledger;

/// <summary>
/// What has happened since genesis, summed; one leaf of the state. Energy in Wh unless named otherwise.
/// </summary>
public readonly record struct MarketTotals
{
    /// <summary>The open epoch; also the number of epochs closed.</summary>
    public EpochIndex OpenEpoch { get; init; }

    public Money Deposited { get; init; }

    public Money Withdrawn { get; init; }

    public Grid Minted { get; init; }

    public Grid Burned { get; init; }

    public long Readings { get; init; }

    public WattHours Generation { get; init; }

    public WattHours Consumption { get; init; }

    public WattHours SelfConsumed { get; init; }

    public WattHours Traded { get; init; }

    public Grid BoughtFromUtility { get; init; }

    public Grid SoldToUtility { get; init; }

    public Money GridFees { get; init; }

    /// <summary>What full lines earned the grid operator: what buyers paid beyond what sellers got.</summary>
    public Money CongestionRent { get; init; }

    /// <summary>What was lost on the way of traded energy, and supplied by the utility.</summary>
    public Grid Losses { get; init; }

    /// <summary>What buyers paid to the utility for <see cref="Losses"/>.</summary>
    public Money PaidForLosses { get; init; }

    /// <summary>Orders admitted; also the last order id given.</summary>
    public long Orders { get; init; }

    public long Trades { get; init; }

    public long EpochsWithoutTrade { get; init; }

    /// <summary>What <see cref="Trades"/> was when the last epoch closed.</summary>
    public long TradesAtClose { get; init; }

    internal void Encode(BorshWriter writer)
    {
        writer.I64(OpenEpoch.Value);
        writer.I64(Deposited.Micro);
        writer.I64(Withdrawn.Micro);
        writer.I64(Minted.Units);
        writer.I64(Burned.Units);
        writer.I64(Readings);
        writer.I64(Generation.Wh);
        writer.I64(Consumption.Wh);
        writer.I64(SelfConsumed.Wh);
        writer.I64(Traded.Wh);
        writer.I64(BoughtFromUtility.Units);
        writer.I64(SoldToUtility.Units);
        writer.I64(GridFees.Micro);
        writer.I64(Orders);
        writer.I64(Trades);
        writer.I64(EpochsWithoutTrade);
        writer.I64(TradesAtClose);
        writer.I64(CongestionRent.Micro);
        writer.I64(Losses.Units);
        writer.I64(PaidForLosses.Micro);
    }

    /// <summary>Reads totals; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static MarketTotals Decode(ref BorshReader reader) => new()
    {
        OpenEpoch = new EpochIndex(reader.I64()),
        Deposited = new Money(reader.I64()),
        Withdrawn = new Money(reader.I64()),
        Minted = new Grid(reader.I64()),
        Burned = new Grid(reader.I64()),
        Readings = reader.I64(),
        Generation = new WattHours(reader.I64()),
        Consumption = new WattHours(reader.I64()),
        SelfConsumed = new WattHours(reader.I64()),
        Traded = new WattHours(reader.I64()),
        BoughtFromUtility = new Grid(reader.I64()),
        SoldToUtility = new Grid(reader.I64()),
        GridFees = new Money(reader.I64()),
        Orders = reader.I64(),
        Trades = reader.I64(),
        EpochsWithoutTrade = reader.I64(),
        TradesAtClose = reader.I64(),
        CongestionRent = new Money(reader.I64()),
        Losses = new Grid(reader.I64()),
        PaidForLosses = new Money(reader.I64()),
    };
}
