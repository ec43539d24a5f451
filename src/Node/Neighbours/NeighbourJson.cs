using System;
using System.Linq;
using System.Text.Json;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Neighbours;

/// <summary>A neighbourhood as the member <c>neighbourhood</c> of the demo's JSON object; see docs/demo.md.</summary>
internal static class NeighbourJson
{
    private const int ShareDigits = 4;

    public static void Write(Utf8JsonWriter json, NeighbourFigures figures)
    {
        Neighbourhood all = figures.Neighbourhood;
        json.WriteStartObject("neighbourhood");
        json.WriteNumber("homes", all.Homes.Count);
        json.WriteNumber("recorded", all.Recorded);
        json.WriteNumber("seed", all.Seed);
        json.WriteNumber("roofs", all.Homes.Count(static home => home.RoofPermille > 0));
        json.WriteNumber("batteries", all.Homes.Count(static home => home.Battery != BatteryUse.None));
        json.WriteNumber("chargers", all.Homes.Count(static home => home.Charger is not null));
        json.WriteStartObject("all");
        WriteHour(json, figures.Whole);
        json.WriteEndObject();
        json.WriteStartArray("hours");
        foreach (HourFigures hour in figures.Hours)
        {
            json.WriteStartObject();
            json.WriteString("startUtc", UtcTime.Render(hour.Start));
            json.WriteNumber("retailMicroPerKwh", hour.Retail.MicroPerKwh);
            WriteHour(json, hour);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHour(Utf8JsonWriter json, HourFigures hour)
    {
        json.WriteNumber("epochs", hour.Epochs);
        json.WriteNumber("consumptionWh", hour.ConsumptionWh);
        json.WriteNumber("generationWh", hour.GenerationWh);
        json.WriteNumber("importWh", hour.ImportWh);
        json.WriteNumber("boughtFromUtilityWh", hour.FromUtilityWh);
        json.WriteNumber("soldToUtilityWh", hour.ToUtilityWh);
        WriteShare(json, "localShare", hour.LocalShare);
        WriteShare(json, "selfSufficiency", hour.SelfSufficiency);
        json.WriteNumber("storedWh", hour.StoredWh);
        json.WriteNumber("toSouthWh", hour.ToSouthWh);
        json.WriteNumber("congestionRentMicro", hour.RentMicro);
        json.WriteNumber("lossesMicroWh", hour.Losses.Units);
        json.WriteNumber("paidForLossesMicro", hour.PaidForLossesMicro);
        json.WriteNumber("lineFullEpochs", hour.FullEpochs);
        json.WriteNumber("feederFullEpochs", hour.FullFeeders);
        json.WriteStartArray("zones");
        for (int zone = 0; zone < hour.Zones.Count; zone++)
        {
            ZoneQuarter energy = hour.Zones[zone];
            json.WriteStartObject();
            json.WriteString("zone", NeighbourMarket.Zones[zone].ToString());
            WriteMean(json, "price", "tradedWh", hour.Spot[zone]);
            WriteMean(json, "aheadPrice", "aheadWh", hour.Ahead[zone]);
            json.WriteNumber("consumptionWh", energy.ConsumptionWh);
            json.WriteNumber("generationWh", energy.GenerationWh);
            json.WriteNumber("chargedWh", energy.ChargedWh);
            json.WriteNumber("dischargedWh", energy.DischargedWh);
            json.WriteNumber("carsWh", energy.CarWh);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMean(Utf8JsonWriter json, string price, string volume, in PriceMean mean)
    {
        if (mean.Micro is { } micro)
        {
            json.WriteNumber(price + "MicroPerKwh", micro);
        }
        else
        {
            json.WriteNull(price + "MicroPerKwh");
        }

        json.WriteNumber(volume, mean.VolumeWh);
    }

    private static void WriteShare(Utf8JsonWriter json, string name, double? share)
    {
        if (share is { } value)
        {
            json.WriteNumber(name, Math.Round(value, ShareDigits));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
