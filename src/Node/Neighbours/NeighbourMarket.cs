using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>The zones, feeders and order books of a synthetic neighbourhood.</summary>
internal static class NeighbourMarket
{
    private const int FeedersPerZone = 2;

    /// <summary>
    /// For each home of the neighbourhood, a quarter of which is on a feeder; chosen so that one binds at midday.
    /// </summary>
    private const long FeederWattsPerHome = 100;

    public static IReadOnlyList<ZoneId> Zones { get; } = [ZoneId.Parse("north"), ZoneId.Parse("south")];

    /// <summary>The line that joins the zones, either way; chosen so that it binds when the sun shines.</summary>
    private const long LineWattsPerHome = 100;

    /// <summary>0.004 per kWh between homes of one feeder.</summary>
    public static readonly Price SameFeederFee = new(4_000);

    /// <summary>0.007 per kWh between homes of one zone.</summary>
    public static readonly Price SameZoneFee = new(7_000);

    /// <summary>1, 2 and 3 %: a few per cent, as distribution grids lose.</summary>
    public static readonly LossFactors Losses =
        new(new LossFactor(10_000), new LossFactor(20_000), new LossFactor(30_000));

    public static BookId Spot(int zone) => BookId.Parse(Zones[zone] + "-spot");

    public static BookId Ahead(int zone) => BookId.Parse(Zones[zone] + "-ahead");

    /// <summary>The south hangs on the north.</summary>
    public static IReadOnlyList<GenesisLine> Lines(int homes) =>
    [
        new GenesisLine(Zones[0], default),
        new GenesisLine(Zones[1], new GridLine(Zones[0], LineWattsPerHome * homes, LineWattsPerHome * homes)),
    ];

    /// <summary>The lower end of the line between the zones, by which flows are named.</summary>
    public static Label LineEnd => Zones[1].Name;

    /// <summary>In each zone a spot book and one for the epoch that is one hour ahead; auctions at one price.</summary>
    public static IReadOnlyList<GenesisBook> Books { get; } =
    [
        .. Zones.Select((zone, index) => new GenesisBook(Spot(index), ParametersOf(zone, null))),
        .. Zones.Select((zone, index) => new GenesisBook(
            Ahead(index),
            ParametersOf(
                zone,
                new ForwardTerms(
                    new EpochIndex(NeighbourLimits.AheadEpochs), NeighbourLimits.AheadEpochs - 1, 1)))),
    ];

    /// <summary>What the grid operator tells the ledger before the first epoch.</summary>
    public static IReadOnlyList<Command> SetUp(IReadOnlyList<HomePlan> homes)
    {
        List<Command> commands = [];
        for (int zone = 0; zone < Zones.Count; zone++)
        {
            for (int feeder = 0; feeder < FeedersPerZone; feeder++)
            {
                commands.Add(new Command.RegisterFeeder(
                    Feeder(zone, feeder), Zones[zone], FeederWattsPerHome * homes.Count));
            }
        }

        Dictionary<string, int> places = [];
        foreach (HomePlan home in homes)
        {
            places.TryAdd(home.Account, places.Count);
            commands.Add(Connect(home, Feeder(home.Zone, places[home.Account] / Zones.Count % FeedersPerZone)));
        }

        commands.Add(new Command.SetDistanceFees(SameFeederFee, SameZoneFee));
        return commands;
    }

    private static Command.ConnectMeter Connect(HomePlan home, FeederId feeder) =>
        home.RoofPermille == 0 && home.Battery == BatteryUse.None
            ? new Command.ConnectMeter(home.Meter, feeder, 0, MeterDirection.Import)
            : new Command.ConnectMeter(
                home.Meter, feeder, NeighbourLimits.ExportRatingW, MeterDirection.Both);

    private static FeederId Feeder(int zone, int number) => FeederId.Parse($"{Zones[zone]}-feeder-{number + 1}");

    private static BookParameters ParametersOf(ZoneId zone, ForwardTerms? forward) => BookParameters.Default with
    {
        Zone = Label.Parse(zone.ToString()),
        Forward = forward,
    };
}
