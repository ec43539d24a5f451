using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Demo;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// The input of a demo with drawn neighbours: all that was recorded to draw from, some days of it to run.
/// </summary>
internal static class NeighbourInput
{
    /// <param name="options">Have the number of homes.</param>
    /// <param name="dataDirectory">Where the files lie that come with the program.</param>
    /// <exception cref="DemoException">A file is refused, or more homes were recorded than are wanted.</exception>
    public static DemoInput Read(DemoOptions options, string dataDirectory)
    {
        int homes = options.Homes!.Value;
        DemoInput all = new DemoInputReader(options with { Days = null }, dataDirectory).Read();
        DemoInput run = new DemoInputReader(
            options with { Days = options.Days ?? NeighbourLimits.DefaultDays }, dataDirectory).Read();
        RecordedProfiles profiles = new(all.Meters, all.Intervals);
        int recorded = all.Meters.Connections.Count;
        if (homes <= recorded)
        {
            throw new DemoException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"--homes {homes} is not possible; {recorded} are recorded, choose {recorded + 1} to "
                    + $"{NeighbourLimits.MaxHomes}, or leave it out to run these alone"),
                isUsage: true);
        }

        long seed = options.Seed ?? NeighbourLimits.DefaultSeed;
        Neighbourhood neighbourhood = new(NeighbourDraw.Draw(profiles, homes, seed), profiles, seed);
        CheckNames(neighbourhood);
        return run with
        {
            Meters = new MeterList(
            [
                .. all.Meters.Connections,
                .. neighbourhood.Homes.Where(home => !home.IsRecorded).Select(home => new MeterConnection(
                    home.Meter,
                    home.Account,
                    new Watts(NeighbourLimits.ImportRatingW),
                    new Watts(NeighbourLimits.ExportRatingW))),
            ]),
            Neighbourhood = neighbourhood,
        };
    }

    private static void CheckNames(Neighbourhood neighbourhood)
    {
        HashSet<string> taken = [];
        foreach (HomePlan home in neighbourhood.Homes)
        {
            if (!taken.Add(home.Meter.ToString()) || (!home.IsRecorded && !taken.Add(home.Account)))
            {
                throw new DemoException(
                    $"the recorded homes use the name {home.Meter} or {home.Account}, which a drawn neighbour has; "
                    + "rename them in the readings and the meter list",
                    isUsage: true);
            }

            if (home.IsRecorded)
            {
                taken.Add(home.Account);
            }
        }
    }
}
