using System;
using System.Collections.Generic;
using System.Text.Json;

namespace EnergyNode.Pbm;

/// <summary>Reads one line of a node into an <see cref="Answer"/>, and takes nothing for granted.</summary>
internal sealed class AnswerReader(PbmLimits limits)
{
    private const int ProtocolVersion = 1;

    /// <exception cref="FormatException">The line is no answer; the message says why.</exception>
    public Answer Read(ReadOnlyMemory<byte> line)
    {
        var options = new JsonDocumentOptions { MaxDepth = limits.MaxJsonDepth, AllowDuplicateProperties = false };
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, options);
            return FromJson(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // The last two: a member of a wrong type, a member that is missing, text that is not valid UTF-8.
            throw new FormatException("it is not the JSON of an admin response", e);
        }
    }

    private Answer FromJson(JsonElement root)
    {
        if (root.GetProperty("v").GetInt32() != ProtocolVersion)
        {
            throw new FormatException($"it is not version {ProtocolVersion} of the admin protocol");
        }

        bool ok = root.GetProperty("ok").GetBoolean();
        IReadOnlyList<AnswerColumn> columns = ok ? ReadColumns(root.GetProperty("columns")) : [];
        return new Answer
        {
            Ok = ok,
            ExitCode = ExitCode(root, ok),
            Error = ok ? null : root.GetProperty("error").GetString() ?? "no reason given",
            Columns = columns,
            Rows = ok ? ReadRows(root.GetProperty("rows"), columns.Count) : [],
            Summary = OptionalText(root, "summary"),
            PbmLines = root.TryGetProperty("pbm", out JsonElement lines) ? ReadLines(lines) : null,
            Node = OptionalText(root, "node"),
            Height = root.TryGetProperty("height", out JsonElement height) ? height.GetInt64() : null,
            Commands = root.TryGetProperty("commands", out JsonElement commands) ? ReadCommands(commands) : [],
        };
    }

    private static int ExitCode(JsonElement root, bool ok)
    {
        int code = root.TryGetProperty("exitCode", out JsonElement value) ? value.GetInt32() : ok ? 0 : 1;
        bool possible = code is >= 0 and <= 125 && (ok || code != 0);
        return possible ? code : throw new FormatException($"its exit code {code} is not possible");
    }

    private AnswerColumn[] ReadColumns(JsonElement array)
    {
        int count = array.GetArrayLength();
        if (count > limits.MaxColumns)
        {
            throw new FormatException($"it has {count} columns, {limits.MaxColumns} are permitted");
        }

        var columns = new AnswerColumn[count];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            JsonElement column = array[i];
            string kind = OptionalText(column, "kind") ?? "";
            columns[i] = new AnswerColumn(
                RequiredText(column, "name"),
                Kind(kind),
                column.TryGetProperty("wide", out JsonElement wide) && wide.GetBoolean());
            if (!names.Add(columns[i].Name))
            {
                throw new FormatException("two columns have one name");
            }
        }

        return columns;
    }

    private static CellKind Kind(string word) => word switch
    {
        "number" => CellKind.Number,
        "bytes" => CellKind.Bytes,
        "durationMicros" => CellKind.DurationMicros,
        "timeMicros" => CellKind.TimeMicros,
        "flag" => CellKind.Flag,
        _ => CellKind.Text,
    };

    private static List<AnswerCell[]> ReadRows(JsonElement array, int columnCount)
    {
        var rows = new List<AnswerCell[]>(array.GetArrayLength());
        foreach (JsonElement row in array.EnumerateArray())
        {
            if (row.GetArrayLength() != columnCount)
            {
                throw new FormatException($"a row has {row.GetArrayLength()} cells under {columnCount} columns");
            }

            var cells = new AnswerCell[columnCount];
            int next = 0;
            foreach (JsonElement cell in row.EnumerateArray())
            {
                cells[next++] = Cell(cell);
            }

            rows.Add(cells);
        }

        return rows;
    }

    private static AnswerCell Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new AnswerCell(value.GetString(), null, null),

        // A number that is no 64-bit integer is kept as it was written rather than rounded.
        JsonValueKind.Number when value.TryGetInt64(out long number) => new AnswerCell(null, number, null),
        JsonValueKind.Number => new AnswerCell(value.GetRawText(), null, null),
        JsonValueKind.True or JsonValueKind.False => new AnswerCell(null, null, value.GetBoolean()),
        JsonValueKind.Null => default,
        _ => throw new FormatException("a cell is an object or an array"),
    };

    private static List<string> ReadLines(JsonElement array)
    {
        var lines = new List<string>(array.GetArrayLength());
        foreach (JsonElement line in array.EnumerateArray())
        {
            lines.Add(line.GetString() ?? "");
        }

        return lines;
    }

    private static List<CatalogueCommand> ReadCommands(JsonElement array)
    {
        var commands = new List<CatalogueCommand>(array.GetArrayLength());
        foreach (JsonElement command in array.EnumerateArray())
        {
            var arguments = new List<CatalogueArgument>();
            foreach (JsonElement argument in command.GetProperty("args").EnumerateArray())
            {
                arguments.Add(ReadArgument(argument));
            }

            commands.Add(new CatalogueCommand(
                RequiredText(command, "palette"),
                RequiredText(command, "name"),
                OptionalText(command, "description") ?? "",
                arguments));
        }

        return commands;
    }

    private static CatalogueArgument ReadArgument(JsonElement argument)
    {
        ArgumentKind kind = RequiredText(argument, "type") switch
        {
            "number" => ArgumentKind.Number,
            "flag" => ArgumentKind.Flag,
            _ => ArgumentKind.Text,
        };
        return new CatalogueArgument(
            RequiredText(argument, "name"), kind, OptionalText(argument, "description") ?? "")
        {
            Positional = argument.TryGetProperty("positional", out JsonElement positional) && positional.GetBoolean(),
            Required = argument.TryGetProperty("required", out JsonElement required) && required.GetBoolean(),
            Short = OptionalText(argument, "short") is { Length: 1 } letter ? letter[0] : null,
            Default = argument.TryGetProperty("default", out JsonElement value) ? Cell(value) : default,
        };
    }

    private static string RequiredText(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"its '{name}' is null");

    private static string? OptionalText(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
