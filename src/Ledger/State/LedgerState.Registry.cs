namespace EnergyNode.Ledger;

/// <content>Tables of the registry, beside users and meters.</content>
public sealed partial class LedgerState
{
    /// <summary>Zones and how many feeders each has.</summary>
    public Table<ZoneId, int> Zones { get; } =
        new(
            StateTables.Zones,
            static (key, writer) => writer.Label(key.Name),
            static (value, writer) => writer.I64(value));

    public Table<FeederId, Feeder> Feeders { get; } =
        new(
            StateTables.Feeders,
            static (key, writer) => writer.Label(key.Name),
            static (value, writer) => value.Encode(writer));

    /// <summary>Where each meter is connected; a meter that nobody has connected has no row.</summary>
    public Table<MeterId, MeterSite> MeterSites { get; } =
        new(
            StateTables.MeterSites,
            static (key, writer) => writer.MeterId(key),
            static (value, writer) => value.Encode(writer));

    public Table<AssetId, Asset> Assets { get; } =
        new(
            StateTables.Assets,
            static (key, writer) => writer.Label(key.Name),
            static (value, writer) => value.Encode(writer));
}
