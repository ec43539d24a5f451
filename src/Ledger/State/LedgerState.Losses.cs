namespace EnergyNode.Ledger;

/// <content>Tables of loss factors and of what was lost.</content>
public sealed partial class LedgerState
{
    private readonly Table<byte, LossFactors> _lossFactors =
        new(StateTables.LossFactors, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    /// <summary>What accounts owe for at the close of the open epoch; no row for those that owe for nothing.</summary>
    public Table<AccountId, Grid> OpenLosses { get; } =
        new(
            StateTables.OpenLosses,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => writer.I64(value.Units));

    /// <summary>Zero until the genesis or the governance says otherwise.</summary>
    public LossFactors LossFactors
    {
        get => _lossFactors.GetOrDefault(0);
        internal set => _lossFactors.Set(0, value);
    }
}
