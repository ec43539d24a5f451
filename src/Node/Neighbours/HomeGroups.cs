using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Node.Demo;

namespace EnergyNode.Node.Neighbours;

/// <summary>The homes of a summary by where they are and by what they have: 200 lines would say nothing.</summary>
internal static class HomeGroups
{
    private static readonly string[] Devices = ["recorded", "no roof", "roof", "own battery", "trading battery"];

    /// <returns>First the zones, then what homes have; each home is in one of both. Groups without homes are left
    /// out.</returns>
    public static IReadOnlyList<(string Name, IReadOnlyList<HomeBill> Homes)> Of(
        Neighbourhood neighbourhood, IReadOnlyList<HomeBill> homes)
    {
        Dictionary<string, HomePlan> plans = [];
        foreach (HomePlan plan in neighbourhood.Homes)
        {
            plans.TryAdd(plan.Account, plan);
        }

        ILookup<int, HomeBill> byZone = homes.ToLookup(home => plans[home.Account.ToString()].Zone);
        ILookup<string, HomeBill> byDevice = homes.ToLookup(home => DeviceOf(plans[home.Account.ToString()]));
        return
        [
            .. NeighbourMarket.Zones.Select((zone, index) => Group(zone.ToString(), byZone[index]))
                .Concat(Devices.Select(device => Group(device, byDevice[device])))
                .Where(static group => group.Homes.Count > 0),
        ];
    }

    private static (string Name, IReadOnlyList<HomeBill> Homes) Group(string name, IEnumerable<HomeBill> homes)
    {
        HomeBill[] all = [.. homes];
        return (string.Create(CultureInfo.InvariantCulture, $"{name} ({all.Length})"), all);
    }

    private static string DeviceOf(HomePlan plan) => (plan.IsRecorded, plan.Battery, plan.RoofPermille) switch
    {
        (true, _, _) => Devices[0],
        (_, BatteryUse.Trade, _) => Devices[4],
        (_, BatteryUse.Own, _) => Devices[3],
        (_, _, > 0) => Devices[2],
        _ => Devices[1],
    };
}
