namespace EnergyNode.Ledger;

/// <summary>How an account binds itself. All zero is no bond at all.</summary>
/// <param name="Limit">The most that leaves the account in one period.</param>
/// <param name="Period">60 s … 366 days, counted from 1970; 0 for no limit.</param>
/// <param name="LockFrom">Transfers of at least this much wait.</param>
/// <param name="Delay">How long: 1 s … 30 days; 0 for no lock.</param>
public readonly record struct SpendingTerms(Grid Limit, Duration Period, Grid LockFrom, Duration Delay)
{
    public bool IsValid =>
        (Period.Micros == 0
            ? Limit == Grid.Zero
            : Period.Micros >= Limits.MinSpendingPeriod.Micros && Period.Micros <= Limits.MaxSpendingPeriod.Micros
                && Limit.Units is >= 0 and <= Limits.MaxBalance)
        && (Delay.Micros == 0
            ? LockFrom == Grid.Zero
            : Delay.Micros >= Limits.MinTransferDelay.Micros && Delay.Micros <= Limits.MaxTransferDelay.Micros
                && LockFrom.Units is >= 1 and <= Limits.MaxBalance);

    /// <summary>Whether these terms allow nothing that others forbid. Periods that differ cannot be compared.</summary>
    public bool AreAtLeastAsStrictAs(SpendingTerms other) =>
        (other.Period.Micros == 0 || (Period == other.Period && Limit <= other.Limit))
        && (other.Delay.Micros == 0 || (Delay.Micros >= other.Delay.Micros && LockFrom <= other.LockFrom));

    public bool Locks(Grid amount) => Delay.Micros != 0 && amount >= LockFrom;

    internal void Encode(BorshWriter writer)
    {
        writer.I64(Limit.Units);
        writer.I64(Period.Micros);
        writer.I64(LockFrom.Units);
        writer.I64(Delay.Micros);
    }

    internal static SpendingTerms Decode(ref BorshReader reader) => new(
        new Grid(reader.I64()), new Duration(reader.I64()), new Grid(reader.I64()), new Duration(reader.I64()));
}
