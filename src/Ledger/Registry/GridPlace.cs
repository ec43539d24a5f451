namespace EnergyNode.Ledger;

/// <summary>Where on the grid an account is (GRID-1).</summary>
/// <param name="Feeder">Null where its meters are on several feeders of the zone.</param>
public readonly record struct GridPlace(ZoneId Zone, FeederId? Feeder)
{
    internal void Encode(BorshWriter writer)
    {
        writer.Label(Zone.Name);
        writer.Option(Feeder is not null);
        if (Feeder is { } feeder)
        {
            writer.Label(feeder.Name);
        }
    }
}
