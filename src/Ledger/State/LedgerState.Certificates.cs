namespace EnergyNode.Ledger;

/// <content>Tables of the certificates.</content>
public sealed partial class LedgerState
{
    private readonly Table<byte, RecTotals> _recTotals =
        new(StateTables.RecTotals, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    /// <summary>What was generated where and when; a reading without generation leaves no row.</summary>
    public Table<MeterEpoch, Generation> Generation { get; } = new(
        StateTables.Generation,
        static (key, writer) =>
        {
            writer.MeterId(key.Meter);
            writer.I64(key.Epoch.Value);
        },
        static (value, writer) => value.Encode(writer));

    public Table<RecId, RecBundle> RecBundles { get; } =
        new(
            StateTables.RecBundles,
            static (key, writer) => writer.I64(key.Value),
            static (value, writer) => value.Encode(writer));

    public Table<AccountId, RecHolding> RecHoldings { get; } =
        new(
            StateTables.RecHoldings,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => value.Encode(writer));

    public RecTotals RecTotals
    {
        get => _recTotals.GetOrDefault(0);
        internal set => _recTotals.Set(0, value);
    }
}
