using System;
using System.Buffers;
using System.Linq;
using System.Text;
using System.Text.Json;
using EnergyNode.Ledger;
using EnergyNode.Market.Metering;
using EnergyNode.Node.Neighbours;

namespace EnergyNode.Node.Demo;

/// <summary>The outcome as one JSON object; the members are listed in docs/demo.md.</summary>
internal static class SummaryJson
{
    public static string Render(DemoSummary summary)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            WriteMarket(json, summary);
            WriteInput(json, summary.Input);
            WriteValidators(json, summary);
            json.WriteStartObject("finalityMs");
            json.WriteNumber("p50", summary.FinalityMsP50);
            json.WriteNumber("p99", summary.FinalityMsP99);
            json.WriteEndObject();
            json.WriteNumber("elapsedSeconds", summary.ElapsedSeconds);
            json.WriteStartArray("peakRssMb");
            foreach (ValidatorFigures validator in summary.Validators)
            {
                json.WriteNumberValue(Math.Round(validator.PeakMemoryKib / 1024m, 1));
            }

            json.WriteEndArray();
            if (summary.Neighbours is { } neighbours)
            {
                NeighbourJson.Write(json, neighbours);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMarket(Utf8JsonWriter json, DemoSummary summary)
    {
        MarketTotals totals = summary.Market.Totals;
        json.WriteNumber("validators", summary.Validators.Count);
        json.WriteString("consensus", summary.Consensus.Word());
        json.WriteNumber("meters", summary.Market.Meters);
        json.WriteNumber("epochs", totals.OpenEpoch.Value);
        json.WriteNumber("readings", totals.Readings);
        json.WriteNumber("quarantined", Enum.GetValues<QuarantineRule>().Sum(summary.Input.Count));
        json.WriteNumber("generationWh", totals.Generation.Wh);
        json.WriteNumber("consumptionWh", totals.Consumption.Wh);
        json.WriteNumber("selfConsumedWh", totals.SelfConsumed.Wh);
        json.WriteNumber("tradedWh", totals.Traded.Wh);
        json.WriteNumber("boughtFromUtilityWh", totals.BoughtFromUtility.Units / Grid.UnitsPerWattHour);
        json.WriteNumber("soldToUtilityWh", totals.SoldToUtility.Units / Grid.UnitsPerWattHour);
        json.WriteNumber("orders", totals.Orders);
        json.WriteNumber("refusedOrders", summary.RefusedOrders);
        json.WriteNumber("trades", totals.Trades);
        json.WriteNumber("epochsWithoutTrade", totals.EpochsWithoutTrade);
        json.WriteNumber("mintedMicroWh", totals.Minted.Units);
        json.WriteNumber("burnedMicroWh", totals.Burned.Units);
        json.WriteNumber("tokenSupplyMicroWh", (totals.Minted - totals.Burned).Units);
        json.WriteNumber("gridFeesMicro", totals.GridFees.Micro);
        json.WriteNumber("lossesMicroWh", totals.Losses.Units);
        json.WriteNumber("paidForLossesMicro", totals.PaidForLosses.Micro);
        json.WriteNumber("tokenImbalance", summary.Market.TokenImbalance);
        json.WriteNumber("moneyImbalance", summary.Market.MoneyImbalance);
        json.WriteNumber("blocks", summary.Market.Height.Value);
    }

    private static void WriteInput(Utf8JsonWriter json, ValidationReport report)
    {
        json.WriteNumber("gaps", report.Count(QuarantineRule.Gap));
        json.WriteStartObject("quarantinedByRule");
        foreach (QuarantineRule rule in Enum.GetValues<QuarantineRule>())
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(rule.ToString()), report.Count(rule));
        }

        json.WriteEndObject();
        json.WriteStartObject("flags");
        foreach (FlagRule rule in Enum.GetValues<FlagRule>())
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(rule.ToString()), report.Count(rule));
        }

        json.WriteEndObject();
    }

    private static void WriteValidators(Utf8JsonWriter json, DemoSummary summary)
    {
        json.WriteStartArray("stateRoots");
        foreach (ValidatorFigures validator in summary.Validators)
        {
            json.WriteStringValue(validator.StateRoot.ToString());
        }

        json.WriteEndArray();
        json.WriteBoolean(
            "stateRootsEqual",
            summary.Validators.All(validator => validator.StateRoot == summary.Market.StateRoot));
    }
}
