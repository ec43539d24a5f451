using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using EnergyNode.Ledger;
using EnergyNode.Node.Demo;
using EnergyNode.Node.Work;

namespace EnergyNode.Node.Load;

/// <summary>The outcome of a load test, for people and for programs; docs/PERFORMANCE.md says what it means.</summary>
internal static class LoadReport
{
    private const int ShareDigits = 4;
    private const decimal MicrosPerSecond = 1_000_000m;

    public static string Text(LoadFigures figures)
    {
        LoadOptions options = figures.Options;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{figures.Elapsed.TotalSeconds:0.0} s measured after ");
        text.Append(CultureInfo.InvariantCulture, $"{options.WarmUpSeconds} s under load; {options.Validators} ");
        text.Append(CultureInfo.InvariantCulture, $"validators ({options.Consensus.Word()}), {LoadLimits.Meters} ");
        text.Append(CultureInfo.InvariantCulture, $"meters, {figures.FinalityMs.Count} batches in ");
        text.Append(CultureInfo.InvariantCulture, $"{figures.Blocks} blocks\n\n");
        SummaryTable.AppendAligned(
            text,
            [
                ["a minute", "asked for", "executed"],
                ["orders", Count(options.OrdersPerMinute), Count(figures.PerMinute(figures.Orders))],
                ["readings", Count(options.ReadingsPerMinute), Count(figures.PerMinute(figures.Readings))],
                ["trades", "", Count(figures.PerMinute(figures.Trades))],
            ]);
        text.Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"machine busy {Percent(figures.MachineBusy)} of ");
        text.Append(CultureInfo.InvariantCulture, $"{figures.Processors} processors: validators ");
        text.Append(CultureInfo.InvariantCulture, $"{Percent(figures.ValidatorsBusy)}, gateway ");
        text.Append(CultureInfo.InvariantCulture, $"{Percent(figures.GatewayBusy)}, and whatever else ran\n");
        text.Append(CultureInfo.InvariantCulture, $"finality {figures.Finality(50):0} ms (median), ");
        text.Append(CultureInfo.InvariantCulture, $"{figures.Finality(99):0} ms (99th percentile)\n\n");
        List<string[]> rows = [["validators' processor time", "s", "share"]];
        long all = All(figures);
        rows.AddRange(figures.Work.Select(work => (string[])
        [
            work.Key,
            (work.Value / MicrosPerSecond).ToString("0.0", CultureInfo.InvariantCulture),
            Percent(all == 0 ? 0 : (double)work.Value / all),
        ]));
        SummaryTable.AppendAligned(text, rows);
        if (!figures.IsKept)
        {
            text.Append("\nTHE RATES WERE NOT REACHED\n");
        }

        return text.ToString();
    }

    public static string Json(LoadFigures figures)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("validators", figures.Options.Validators);
            json.WriteString("consensus", figures.Options.Consensus.Word());
            json.WriteNumber("meters", LoadLimits.Meters);
            json.WriteNumber("warmUpSeconds", figures.Options.WarmUpSeconds);
            json.WriteNumber("seconds", Math.Round(figures.Elapsed.TotalSeconds, 1));
            WriteRate(json, "orders", figures.Options.OrdersPerMinute, figures.Orders, figures);
            WriteRate(json, "readings", figures.Options.ReadingsPerMinute, figures.Readings, figures);
            WriteRate(json, "trades", null, figures.Trades, figures);
            json.WriteBoolean("kept", figures.IsKept);
            json.WriteNumber("batches", figures.FinalityMs.Count);
            json.WriteNumber("blocks", figures.Blocks);
            json.WriteNumber("processors", figures.Processors);
            json.WriteNumber("machineBusy", Round(figures.MachineBusy));
            json.WriteNumber("validatorsBusy", Round(figures.ValidatorsBusy));
            json.WriteNumber("gatewayBusy", Round(figures.GatewayBusy));
            json.WriteStartObject("finalityMs");
            json.WriteNumber("p50", Math.Round(figures.Finality(50), 1));
            json.WriteNumber("p99", Math.Round(figures.Finality(99), 1));
            json.WriteEndObject();
            json.WriteStartArray("work");
            long all = All(figures);
            foreach (KeyValuePair<string, long> work in figures.Work)
            {
                json.WriteStartObject();
                json.WriteString("work", work.Key);
                json.WriteNumber("cpuMicros", work.Value);
                json.WriteNumber("share", all == 0 ? 0 : Round((double)work.Value / all));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteRate(
        Utf8JsonWriter json, string name, int? askedPerMinute, long executed, LoadFigures figures)
    {
        json.WriteStartObject(name);
        if (askedPerMinute is { } asked)
        {
            json.WriteNumber("askedPerMinute", asked);
        }

        json.WriteNumber("executed", executed);
        json.WriteNumber("executedPerMinute", Math.Round(figures.PerMinute(executed), 1));
        json.WriteEndObject();
    }

    private static long All(LoadFigures figures) =>
        figures.Work.Single(work => work.Key == WorkInspection.All).Value;

    private static double Round(double share) => Math.Round(share, ShareDigits);

    private static string Count(double count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    private static string Percent(double share) =>
        (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}
