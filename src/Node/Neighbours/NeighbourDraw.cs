using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Actors;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// Draws neighbours from recorded homes. The recorded homes come first, as they are; each further one has its own
/// stream of chance, so that a neighbourhood of 300 begins with the homes of one of 200.
/// </summary>
internal static class NeighbourDraw
{
    private const int QuartersPerDay = 96;
    private const ulong StreamStep = 0x9E37_79B9_7F4A_7C15;

    /// <summary>In thousandths, for each zone: the sunny one and the one with the cars.</summary>
    private static readonly int[] RoofChance = [800, 300];

    private static readonly int[] ChargerChance = [150, 500];

    /// <param name="profiles">To draw from.</param>
    /// <param name="homes">All accounts of the recorded homes count as one each; the rest is drawn.</param>
    /// <param name="seed">Equal seeds, equal homes.</param>
    public static IReadOnlyList<HomePlan> Draw(RecordedProfiles profiles, int homes, long seed)
    {
        List<HomePlan> plans = [.. Recorded(profiles.Meters, seed)];
        int[] roofs = RoofsOf(profiles);
        for (int number = plans.Count + 1; number <= homes; number++)
        {
            plans.Add(DrawOne(profiles, roofs, number, Stream(seed, number)));
        }

        return plans;
    }

    /// <summary>A stream of chance for one purpose of a home.</summary>
    internal static SplitMix64 Stream(long seed, int number) =>
        new(unchecked(((ulong)seed * StreamStep) ^ (ulong)number));

    private static IEnumerable<HomePlan> Recorded(MeterList meters, long seed)
    {
        List<string> accounts = [];
        for (int at = 0; at < meters.Count; at++)
        {
            MeterConnection meter = meters[at];
            int place = accounts.IndexOf(meter.Account);
            if (place < 0)
            {
                place = accounts.Count;
                accounts.Add(meter.Account);
            }

            SplitMix64 random = Stream(seed, place + 1);
            yield return new HomePlan
            {
                Meter = meter.Meter,
                Account = meter.Account,
                Zone = place % NeighbourMarket.Zones.Count,
                First = at,
                FirstPermille = 1_000,
                Roof = at,
                RoofPermille = 1_000,
                BidPercent = Between(random, 70, 100),
                AskPercent = Between(random, 0, 40),
                IsRecorded = true,
            };
        }
    }

    private static HomePlan DrawOne(RecordedProfiles profiles, int[] roofs, int number, SplitMix64 random)
    {
        int zone = random.Below(NeighbourMarket.Zones.Count);
        bool hasRoof = roofs.Length > 0 && random.Below(1_000) < RoofChance[zone];
        string name = string.Create(CultureInfo.InvariantCulture, $"N{number:D4}");
        int days = Math.Max(1, profiles.Quarters / QuartersPerDay);
        return new HomePlan
        {
            Meter = MeterId.Parse(name),
            Account = "home-" + name.ToLowerInvariant(),
            Zone = zone,
            First = random.Below(profiles.Meters.Count),
            FirstPermille = Between(random, 300, 900),
            Second = random.Below(profiles.Meters.Count),
            SecondPermille = Between(random, 100, 500),
            ShiftQuarters = profiles.Quarters + (random.Below(days) * QuartersPerDay) + Between(random, -4, 4),
            Roof = hasRoof ? roofs[random.Below(roofs.Length)] : 0,
            RoofPermille = hasRoof ? Between(random, 600, 1_400) : 0,
            Battery = hasRoof && random.Below(1_000) < 400
                ? (random.Below(2) == 0 ? BatteryUse.Own : BatteryUse.Trade)
                : BatteryUse.None,
            Charger = random.Below(1_000) < ChargerChance[zone] ? DrawCharger(random) : null,
            BidPercent = Between(random, 70, 100),
            AskPercent = Between(random, 0, 40),
            IsRecorded = false,
        };
    }

    /// <summary>
    /// Three of four come in the evening of California and leave in the morning; one is there by day.
    /// </summary>
    private static ChargerPlan DrawCharger(SplitMix64 random) => random.Below(4) == 0
        ? new ChargerPlan(Between(random, 64, 72), Between(random, 88, 94), random.Below(3) > 0)
        : new ChargerPlan(Between(random, 0, 12), Between(random, 54, 62), random.Below(3) > 0);

    /// <summary>Meters that have generated anything.</summary>
    private static int[] RoofsOf(RecordedProfiles profiles) =>
    [
        .. Enumerable.Range(0, profiles.Meters.Count).Where(meter =>
            Enumerable.Range(0, profiles.Quarters).Any(quarter => profiles.Sun(meter, quarter).Wh > 0)),
    ];

    private static int Between(SplitMix64 random, int least, int most) => least + random.Below(most - least + 1);
}
