namespace EnergyNode.Ledger;

/// <content>Tables of grid fees by distance.</content>
public sealed partial class LedgerState
{
    private readonly Table<byte, DistanceFees> _distanceFees =
        new(StateTables.DistanceFees, static (_, _) => { }, static (value, writer) => value.Encode(writer));

    /// <summary>Where accounts are on the grid; no row for those that are nowhere or in several zones.</summary>
    public Table<AccountId, GridPlace> GridPlaces { get; } =
        new(
            StateTables.GridPlaces,
            static (key, writer) => writer.AccountId(key),
            static (value, writer) => value.Encode(writer));

    /// <summary>Null where every trade pays the market's grid fee.</summary>
    public DistanceFees? DistanceFees
    {
        get => _distanceFees.TryGet(0, out DistanceFees fees) ? fees : null;
        internal set => _distanceFees.Set(0, value.GetValueOrDefault());
    }
}
