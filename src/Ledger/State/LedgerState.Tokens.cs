namespace EnergyNode.Ledger;

/// <content>Tables of allowances, spending policies and transfers that wait.</content>
public sealed partial class LedgerState
{
    private readonly Table<byte, TransferId> _lastTransfer =
        new(StateTables.LastTransfer, static (_, _) => { }, static (value, writer) => writer.I64(value.Value));

    /// <summary>What is left of each allowance; none of zero.</summary>
    public Table<Allowance, Grid> Allowances { get; } = new(
        StateTables.Allowances,
        static (key, writer) =>
        {
            writer.AccountId(key.Owner);
            writer.AccountId(key.Spender);
        },
        static (value, writer) => writer.I64(value.Units));

    public Table<AccountId, SpendingPolicy> SpendingPolicies { get; } =
        new(
            StateTables.SpendingPolicies,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => value.Encode(writer));

    public Table<TransferId, LockedTransfer> LockedTransfers { get; } =
        new(
            StateTables.LockedTransfers,
            static (key, writer) => writer.I64(key.Value),
            static (value, writer) => value.Encode(writer));

    /// <summary>The last number that was given to a locked transfer.</summary>
    public TransferId LastTransfer
    {
        get => _lastTransfer.GetOrDefault(0);
        internal set => _lastTransfer.Set(0, value);
    }
}
