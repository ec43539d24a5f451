namespace EnergyNode.Ledger;

/// <content>Tables of revoked keys, circles and what they have under way.</content>
public sealed partial class LedgerState
{
    /// <summary>Keys that were replaced or revoked, by accounts that had them.</summary>
    public Table<PublicKey, bool> RevokedKeys { get; } =
        new(
            StateTables.RevokedKeys,
            static (key, writer) => writer.PublicKey(key),
            static (value, writer) => writer.Bool(value));

    public Table<CircleOf, Circle> Circles { get; } = new(
        StateTables.Circles,
        static (key, writer) =>
        {
            writer.AccountId(key.Account);
            writer.U8((byte)key.Kind);
        },
        static (value, writer) => value.Encode(writer));

    public Table<OperationKey, PendingOperation> Operations { get; } = new(
        StateTables.Operations,
        static (key, writer) =>
        {
            writer.AccountId(key.Account);
            writer.Hash32(key.Content);
        },
        static (value, writer) => value.Encode(writer));

    public Table<AccountId, Recovery> Recoveries { get; } =
        new(
            StateTables.Recoveries,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => value.Encode(writer));
}
