using System;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>A report as one JSON object. Hashes are hexadecimal, times in seconds.</summary>
public static class ReportJson
{
    private static readonly JsonWriterOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Of the code that ran: another one may run the same seed otherwise.</summary>
    public static string Version { get; } =
        typeof(ReportJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? typeof(ReportJson).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    /// <summary>Writes the report's fields into an object that is open.</summary>
    /// <param name="replay">The command that runs it again.</param>
    public static void WriteFields(Utf8JsonWriter json, SimulationReport report, string replay)
    {
        json.WriteNumber("seed", report.Seed);
        json.WriteString("protocol", report.Protocol);
        json.WriteNumber("validators", report.Validators);
        WriteLiars(json, report);
        json.WriteNumber("height", report.Height.Value);
        json.WriteNumber("epochs", report.Epochs);
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteStartArray("violations");
        foreach (Violation violation in report.Violations)
        {
            json.WriteStartObject();
            json.WriteString("kind", violation.Kind.ToString());
            json.WriteNumber("virtualSeconds", Seconds(violation.At));
            json.WriteString("text", violation.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteEvidence(json, report.Evidence);
        json.WriteNumber("loudStops", report.LoudStops);
        json.WriteNumber("detectedForks", report.DetectedForks);
        json.WriteString("stateRoot", report.StateRoot.ToString());
        json.WriteString("traceHash", Hex(report.TraceHash));
        json.WriteNumber("virtualSeconds", Seconds(report.VirtualTime));
        if (report.RecoveryTime is { } recovery)
        {
            json.WriteNumber("recoverySeconds", Seconds(recovery));
        }
        else
        {
            json.WriteNull("recoverySeconds");
        }

        if (report.RecoveryTime is { } heal)
        {
            json.WriteNumber("healMs", heal.Micros / 1_000m);
        }
        else
        {
            json.WriteNull("healMs");
        }

        WriteLevels(json, report);
        WriteLate(json, report);
        json.WriteNumber("frames", report.Frames);
        json.WriteNumber("framesLost", report.Lost);
        json.WriteNumber("setChanges", report.SetChanges);
        json.WriteNumber("crashes", report.Crashes);
        json.WriteNumber("steps", report.Steps);
        json.WriteString("version", Version);
        json.WriteString("replay", replay);
    }

    private static void WriteLiars(Utf8JsonWriter json, SimulationReport report)
    {
        json.WriteNumber("byzantine", report.Liars.Count);
        json.WriteStartArray("liars");
        foreach (LiarPlan liar in report.Liars)
        {
            json.WriteStartObject();
            json.WriteNumber("node", liar.Node);
            json.WriteStartArray("strategies");
            foreach (Strategy strategy in liar.Strategies)
            {
                json.WriteStringValue(strategy.Word());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLevels(Utf8JsonWriter json, SimulationReport report)
    {
        json.WriteStartArray("levels");
        foreach (LevelReport level in report.Levels)
        {
            json.WriteStartObject();
            json.WriteNumber("healedAt", Seconds(level.HealedAt));
            if (level.Took is { } took)
            {
                json.WriteNumber("seconds", Seconds(took));
            }
            else
            {
                json.WriteNull("seconds");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLate(Utf8JsonWriter json, SimulationReport report)
    {
        json.WriteStartObject("secondHalf");
        json.WriteNumber("blocks", report.LateBlocks);
        json.WriteNumber("commands", report.LateCommands);
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, EvidenceReport evidence)
    {
        json.WriteNumber("provableFaults", evidence.ProvableFaults);
        json.WriteNumber("evidence", evidence.Committed);
        json.WriteNumber("falseAccusations", evidence.FalseAccusations);
        WriteMax(json, "detectionMs", evidence.MaxDetection);
        WriteMax(json, "isolationMs", evidence.MaxIsolation);
        WriteMax(json, "commitRounds", evidence.MaxCommitRounds);
    }

    internal static void WriteMax(Utf8JsonWriter json, string name, int? most)
    {
        json.WriteStartObject(name);
        if (most is { } number)
        {
            json.WriteNumber("max", number);
        }
        else
        {
            json.WriteNull("max");
        }

        json.WriteEndObject();
    }

    private static void WriteMax(Utf8JsonWriter json, string name, Duration? longest)
    {
        json.WriteStartObject(name);
        if (longest is { } duration)
        {
            json.WriteNumber("max", (decimal)duration.Micros / 1_000);
        }
        else
        {
            json.WriteNull("max");
        }

        json.WriteEndObject();
    }

    public static string Hex(ulong traceHash) => traceHash.ToString("x16", CultureInfo.InvariantCulture);

    public static decimal Seconds(Duration duration) => (decimal)duration.Micros / Instant.MicrosPerSecond;

    /// <summary>Runs an action on a writer and prints the result as one line.</summary>
    public static void Print(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
