using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Readings;

/// <summary>A check as text or as one JSON object on one line.</summary>
internal static class CheckOutput
{
    public static void WriteText(TextWriter output, string file, CheckInput input, CheckReport report, bool rated)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {input.Samples:N0} samples of {input.Meters.Count:N0} meters, "
            + $"{UtcTimestamp.Format(input.First.Seconds * 1_000)} to "
            + $"{UtcTimestamp.Format(input.End.Seconds * 1_000)}"));
        if (!rated)
        {
            output.WriteLine("without --meters no value is too high for a connection");
        }

        output.WriteLine("quality: " + string.Join(", ", report.Qualities.Select(static quality =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{quality.Value:N0} {EspiCodes.QualityName(quality.Key)} ({quality.Key})"))));
        if (report.Missing > 0)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{report.Missing:N0} intervals have no value and no estimate"));
        }

        foreach ((VeeRule rule, long count) in report.Counts)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"VEE-{(int)rule} {VeeRuleName.Of(rule)}: {count:N0}"));
            foreach (VeeFinding finding in report.Findings.Where(finding => finding.Rule == rule))
            {
                string place = finding.Line > 0
                    ? string.Create(CultureInfo.InvariantCulture, $"line {finding.Line}, ")
                    : "";
                output.WriteLine(
                    $"  {place}{finding.Meter} at {UtcTimestamp.Format(finding.Start.Seconds * 1_000)}: "
                    + finding.Reason);
            }
        }

        if (report.IsGood)
        {
            output.WriteLine("all good");
        }
    }

    /// <param name="stream">Takes the bytes.</param>
    /// <param name="input">What was checked.</param>
    /// <param name="report">What was found.</param>
    /// <param name="series">The filled series; null to leave it out.</param>
    public static void WriteJson(Stream stream, CheckInput input, CheckReport report, IEnumerable<FilledRow>? series)
    {
        using Utf8JsonWriter json = new(
            stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("meters", input.Meters.Count);
        json.WriteNumber("samples", input.Samples);
        json.WriteString("firstStartUtc", UtcTimestamp.Format(input.First.Seconds * 1_000));
        json.WriteString("lastEndUtc", UtcTimestamp.Format(input.End.Seconds * 1_000));
        json.WriteStartObject("rules");
        foreach ((VeeRule rule, long count) in report.Counts)
        {
            json.WriteNumber(VeeRuleName.Of(rule), count);
        }

        json.WriteEndObject();
        json.WriteStartObject("quality");
        foreach ((int code, long count) in report.Qualities)
        {
            json.WriteNumber(code.ToString(CultureInfo.InvariantCulture), count);
        }

        json.WriteEndObject();
        json.WriteNumber("missing", report.Missing);
        json.WriteStartArray("findings");
        foreach (VeeFinding finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteNumber("line", finding.Line);
            json.WriteString("rule", VeeRuleName.Of(finding.Rule));
            json.WriteString("meter", finding.Meter.ToString());
            json.WriteString("startUtc", UtcTimestamp.Format(finding.Start.Seconds * 1_000));
            json.WriteNumber("intervals", finding.Intervals);
            json.WriteString("text", finding.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteSeries(json, series);
        json.WriteEndObject();
    }

    private static void WriteSeries(Utf8JsonWriter json, IEnumerable<FilledRow>? series)
    {
        if (series is null)
        {
            return;
        }

        json.WriteStartArray("series");
        foreach (FilledRow row in series)
        {
            json.WriteStartObject();
            json.WriteString("startUtc", row.StartUtc);
            json.WriteString("meter", row.Meter.ToString());
            WriteNumber(json, "consumptionWh", row.ConsumptionWh);
            WriteNumber(json, "generationWh", row.GenerationWh);
            WriteNumber(json, "quality", row.Quality);
            WriteNumber(json, "rawConsumptionWh", row.RawConsumptionWh);
            WriteNumber(json, "rawGenerationWh", row.RawGenerationWh);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
