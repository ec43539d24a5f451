using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnergyNode.Node.Readings;

/// <summary>An inspection as one JSON object on one line.</summary>
internal static class InspectionJson
{
    public static string Write(InspectionReport report)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(
            buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("format", NameOf(report.Format));
            json.WriteNumber("meters", report.Meters);
            json.WriteNumber("readings", report.Readings);
            json.WritePropertyName("sumWh");
            json.WriteRawValue(report.Sum.ToString());
            WriteTime(json, "firstStartUtc", report.FirstStartMillis);
            WriteTime(json, "lastEndUtc", report.LastEndMillis);
            WriteNumber(json, "intervalSeconds", report.IntervalSeconds);
            WriteQuality(json, report);
            WriteSignatures(json, report);
            WriteProblems(json, report);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static string NameOf(ReadingFormat format) => format switch
    {
        ReadingFormat.Csv => "csv",
        ReadingFormat.GreenButton => "greenbutton",
        _ => "ocmf",
    };

    private static void WriteTime(Utf8JsonWriter json, string name, long? millis)
    {
        if (millis is { } time)
        {
            json.WriteString(name, UtcTimestamp.Format(time));
        }
        else
        {
            json.WriteNull(name);
        }
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

    private static void WriteQuality(Utf8JsonWriter json, InspectionReport report)
    {
        json.WriteStartObject("quality");
        foreach ((int code, long count) in report.Quality)
        {
            json.WriteNumber(code.ToString(CultureInfo.InvariantCulture), count);
        }

        json.WriteEndObject();
    }

    private static void WriteSignatures(Utf8JsonWriter json, InspectionReport report)
    {
        json.WriteStartArray("signatures");
        foreach (SignatureVerdict signature in report.Signatures)
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", signature.Valid);
            json.WriteString("curve", signature.Curve);
            json.WriteString("reason", signature.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProblems(Utf8JsonWriter json, InspectionReport report)
    {
        json.WriteStartArray("problems");
        foreach (ReadingProblem problem in report.Problems.ToList())
        {
            json.WriteStartObject();
            json.WriteNumber("line", problem.Line);
            json.WriteString("rule", ReadingRuleName.Of(problem.Rule));
            json.WriteString("text", problem.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
