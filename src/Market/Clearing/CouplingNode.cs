using EnergyNode.Ledger;
using EnergyNode.Market.Coupling;

namespace EnergyNode.Market.Clearing;

/// <summary>A node of the network with what its line could carry, what it did, and its price.</summary>
public readonly record struct CouplingNode(NetworkNode Place, NodeResult Result)
{
    internal const int MinBytes = 5 + 1 + 1 + 8 + 8 + 8 + 1;

    internal void Encode(BorshWriter writer)
    {
        writer.Label(Place.Zone.Name);
        writer.Option(Place.Feeder is not null);
        if (Place.Feeder is { } feeder)
        {
            writer.Label(feeder.Name);
        }

        writer.Option(Place.Parent >= 0);
        if (Place.Parent >= 0)
        {
            writer.U32((uint)Place.Parent);
        }

        writer.I64(Place.MostExport.Wh);
        writer.I64(Place.MostImport.Wh);
        writer.I64(Result.Net.Wh);
        writer.Option(Result.Price is not null);
        if (Result.Price is { } price)
        {
            writer.I64(price.MicroPerKwh);
        }
    }

    internal static CouplingNode Decode(ref BorshReader reader)
    {
        ZoneId zone = new(reader.Label());
        FeederId? feeder = reader.Option() ? new FeederId(reader.Label()) : null;
        int parent = reader.Option() ? (int)reader.U32() : NetworkNode.NoParent;
        NetworkNode place = new(
            zone,
            feeder,
            parent,
            new WattHours(reader.I64(0, MaxFlowWh)),
            new WattHours(reader.I64(0, MaxFlowWh)));
        WattHours net = new(reader.I64(-MaxFlowWh, MaxFlowWh));
        return new CouplingNode(
            place,
            new NodeResult(
                net,
                reader.Option()
                    ? new Price(reader.I64(-2 * Limits.MaxPriceMicroPerKwh, Limits.MaxPriceMicroPerKwh))
                    : null));
    }

    /// <summary>Twice what 10⁹ W carry in a day: room against a full line the other way, 4.8 × 10¹⁰.</summary>
    private const long MaxFlowWh = 2 * Limits.MaxRatingW * 24;
}
