namespace EnergyNode.Ledger;

/// <summary>
/// An account's business since genesis: the bill and what it is made of. Money as seen by the account.
/// </summary>
public readonly record struct Statement
{
    public WattHours Consumption { get; init; }

    public WattHours Generation { get; init; }

    public WattHours SelfConsumed { get; init; }

    public WattHours BoughtLocally { get; init; }

    public WattHours SoldLocally { get; init; }

    public Grid BoughtFromUtility { get; init; }

    public Grid SoldToUtility { get; init; }

    /// <summary>Paid to neighbours, without fees.</summary>
    public Money PaidLocally { get; init; }

    public Money EarnedLocally { get; init; }

    public Money GridFees { get; init; }

    /// <summary>Paid to the grid operator because a line was full: beyond what the sellers got.</summary>
    public Money CongestionRent { get; init; }

    /// <summary>
    /// Lost on the way of what was bought, and supplied by the utility; not in <see cref="BoughtFromUtility"/>.
    /// </summary>
    public Grid Losses { get; init; }

    /// <summary>Paid to the utility for <see cref="Losses"/>; not in <see cref="PaidToUtility"/>.</summary>
    public Money PaidForLosses { get; init; }

    public Money PaidToUtility { get; init; }

    public Money EarnedFromUtility { get; init; }

    /// <summary>What the same metered energy would have cost with the utility alone (import less feed-in).</summary>
    public Money WithoutMarket { get; init; }

    /// <summary>What the account paid on balance.</summary>
    public Money Bill =>
        PaidLocally + GridFees + CongestionRent + PaidForLosses + PaidToUtility - EarnedLocally - EarnedFromUtility;

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Consumption.Wh);
        writer.I64(Generation.Wh);
        writer.I64(SelfConsumed.Wh);
        writer.I64(BoughtLocally.Wh);
        writer.I64(SoldLocally.Wh);
        writer.I64(BoughtFromUtility.Units);
        writer.I64(SoldToUtility.Units);
        writer.I64(PaidLocally.Micro);
        writer.I64(EarnedLocally.Micro);
        writer.I64(GridFees.Micro);
        writer.I64(PaidToUtility.Micro);
        writer.I64(EarnedFromUtility.Micro);
        writer.I64(WithoutMarket.Micro);
        writer.I64(CongestionRent.Micro);
        writer.I64(Losses.Units);
        writer.I64(PaidForLosses.Micro);
    }

    /// <summary>Reads a statement; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static Statement Decode(ref BorshReader reader) => new()
    {
        Consumption = new WattHours(reader.I64()),
        Generation = new WattHours(reader.I64()),
        SelfConsumed = new WattHours(reader.I64()),
        BoughtLocally = new WattHours(reader.I64()),
        SoldLocally = new WattHours(reader.I64()),
        BoughtFromUtility = new Grid(reader.I64()),
        SoldToUtility = new Grid(reader.I64()),
        PaidLocally = new Money(reader.I64()),
        EarnedLocally = new Money(reader.I64()),
        GridFees = new Money(reader.I64()),
        PaidToUtility = new Money(reader.I64()),
        EarnedFromUtility = new Money(reader.I64()),
        WithoutMarket = new Money(reader.I64()),
        CongestionRent = new Money(reader.I64()),
        Losses = new Grid(reader.I64()),
        PaidForLosses = new Money(reader.I64()),
    };
}
