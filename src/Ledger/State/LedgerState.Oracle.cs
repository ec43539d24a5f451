namespace EnergyNode.Ledger;

/// <content>Tables of prepaid oracle operations.</content>
public sealed partial class LedgerState
{
    private readonly Table<byte, OracleTerms> _oracleTerms =
        new(StateTables.OracleTerms, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    /// <summary>Accounts that have prepaid, or whose operations were counted.</summary>
    public Table<AccountId, OracleAccount> OracleAccounts { get; } =
        new(
            StateTables.OracleAccounts,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => value.Encode(writer));

    /// <summary>Free and without limit until the governance says otherwise.</summary>
    public OracleTerms OracleTerms
    {
        get => _oracleTerms.GetOrDefault(0);
        internal set => _oracleTerms.Set(0, value);
    }
}
