using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnergyNode.Pbm;

/// <summary>Answers as JSON: values unformatted, rows as objects keyed by column.</summary>
internal static class JsonOutput
{
    // Relaxed: names and units stay readable. Controls are escaped all the same, and nothing of this goes into HTML.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object for the whole answer.</summary>
    public static void Write(TextWriter output, Answer answer)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Compact with { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            WriteOptional(json, "node", answer.Node);
            if (answer.Height is { } height)
            {
                json.WriteNumber("height", height);
            }

            json.WriteStartArray("rows");
            foreach (IReadOnlyList<AnswerCell> row in answer.Rows)
            {
                WriteRow(json, answer, row);
            }

            json.WriteEndArray();
            WriteOptional(json, "summary", answer.Summary);
            json.WriteEndObject();
        }

        output.Write(Text(bytes) + "\n");
    }

    /// <summary>One object for each row, on its own line.</summary>
    public static void WriteLines(TextWriter output, Answer answer)
    {
        foreach (IReadOnlyList<AnswerCell> row in answer.Rows)
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes, Compact))
            {
                WriteRow(json, answer, row);
            }

            output.Write(Text(bytes) + "\n");
        }
    }

    public static void WriteCell(Utf8JsonWriter json, AnswerCell cell)
    {
        if (cell.Text is { } text)
        {
            json.WriteStringValue(text);
        }
        else if (cell.Number is { } number)
        {
            json.WriteNumberValue(number);
        }
        else if (cell.Flag is { } flag)
        {
            json.WriteBooleanValue(flag);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteRow(Utf8JsonWriter json, Answer answer, IReadOnlyList<AnswerCell> row)
    {
        json.WriteStartObject();
        for (int i = 0; i < row.Count; i++)
        {
            json.WritePropertyName(answer.Columns[i].Name);
            WriteCell(json, row[i]);
        }

        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    // What the encoder lets through (direction overrides, for one) gets the escape that JSON has for it anyway.
    private static string Text(MemoryStream bytes) =>
        TerminalText.Sanitise(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), keepLineBreaks: true);
}
