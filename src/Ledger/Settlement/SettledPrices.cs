namespace EnergyNode.Ledger;

/// <summary>The prices at which an epoch was settled, kept for its corrections.</summary>
public readonly record struct SettledPrices(Price Retail, Price FeedIn, Price Short, Price Long)
{
    /// <summary>What the utility is owed for a deviation (DEV-2); zero where energy is left over.</summary>
    public Money Paid(Deviation residual) =>
        residual.Units < 0 ? Short.CostBounded(-residual.Units) : Money.Zero;

    /// <summary>What the utility owes for a deviation (DEV-2); zero where energy is lacking.</summary>
    public Money Earned(Deviation residual) =>
        residual.Units > 0 ? Long.CostBounded(residual.Units) : Money.Zero;

    /// <summary>What the utility is owed for what was lost on the way (GRID-13).</summary>
    public Money OfLosses(Grid lost) => Short.CostFloor(lost);

    /// <summary>What the same energy would have cost with the utility alone.</summary>
    public Money WithoutMarket(WattHours import, WattHours export) =>
        Retail.CostFloor(import) - FeedIn.CostFloor(export);

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Retail.MicroPerKwh);
        writer.I64(FeedIn.MicroPerKwh);
        writer.I64(Short.MicroPerKwh);
        writer.I64(Long.MicroPerKwh);
    }
}
