namespace EnergyNode.Ledger;

/// <content>Tables of deviations and corrections.</content>
public sealed partial class LedgerState
{
    private readonly Table<byte, DeviationPrices> _deviationPrices =
        new(StateTables.DeviationPrices, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    /// <summary>Of the epochs that can still be corrected.</summary>
    public Table<EpochIndex, SettledPrices> SettledPrices { get; } =
        new(
            StateTables.SettledPrices,
            static (key, writer) => writer.I64(key.Value),
            static (value, writer) => value.Encode(writer));

    /// <summary>Of the epochs that can still be corrected, each meter that there was at the close.</summary>
    public Table<MeterEpoch, SettledMeter> SettledMeters { get; } = new(
        StateTables.SettledMeters,
        static (key, writer) =>
        {
            writer.MeterId(key.Meter);
            writer.I64(key.Epoch.Value);
        },
        static (value, writer) => value.Encode(writer));

    /// <summary>Of the epochs that can still be corrected; no row where all is zero.</summary>
    public Table<AccountEpoch, SettledAccount> SettledAccounts { get; } = new(
        StateTables.SettledAccounts,
        static (key, writer) =>
        {
            writer.AccountId(key.Account);
            writer.I64(key.Epoch.Value);
        },
        static (value, writer) => value.Encode(writer));

    public Table<AccountId, CorrectionSums> CorrectionSums { get; } =
        new(
            StateTables.CorrectionSums,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => value.Encode(writer));

    public DeviationPrices DeviationPrices
    {
        get => _deviationPrices.GetOrDefault(0);
        internal set => _deviationPrices.Set(0, value);
    }
}
