namespace EnergyNode.Ledger;

/// <content>Tables of the network and of what clears over it.</content>
public sealed partial class LedgerState
{
    /// <summary>The zones of the network.</summary>
    public Table<ZoneId, GridLine> Lines { get; } =
        new(
            StateTables.Lines,
            static (key, writer) => writer.Label(key.Name),
            static (value, writer) => value.Encode(writer));

    /// <summary>What flows over lines; no row where nothing does.</summary>
    public Table<LineEpoch, LineFlow> LineFlows { get; } = new(
        StateTables.LineFlows,
        static (key, writer) =>
        {
            writer.I64(key.Delivery.Value);
            writer.U8((byte)key.Kind);
            writer.Label(key.Name);
        },
        static (value, writer) => value.Encode(writer));

    /// <summary>What the clearing of coupled books did in each epoch.</summary>
    public Table<CouplingKey, CouplingSummary> Couplings { get; } =
        new(
            StateTables.Couplings,
            static (key, writer) => key.Encode(writer),
            static (value, writer) => value.Encode(writer));
}
