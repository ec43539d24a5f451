using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnergyNode.Node.Admin;

/// <summary>Writes replies as lines; see docs/spec/admin.md, "Response".</summary>
internal sealed class AdminResponseWriter(AdminOptions options)
{
    // No response is ever part of a web page, and the relaxed encoder still escapes line feeds and controls.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line with its line feed. An answer over the limit becomes a refusal that says so.</summary>
    public ReadOnlyMemory<byte> Write(AdminReply reply)
    {
        ReadOnlyMemory<byte> line = Line(reply);
        if (line.Length - 1 <= options.Limits.MaxResponseBytes)
        {
            return line;
        }

        string error = $"the answer is larger than {options.Limits.MaxResponseBytes} bytes; ask for less of it";
        return Line(new AdminReply(AdminTable.Refuse(error)));
    }

    private ReadOnlyMemory<byte> Line(AdminReply reply)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            json.WriteStartObject();
            json.WriteNumber("v", AdminRequestLine.ProtocolVersion);
            json.WriteBoolean("ok", reply.Table.Error is null);
            json.WriteNumber("exitCode", reply.Table.ExitCode);
            if (reply.Table.Error is { } error)
            {
                json.WriteString("error", error);
            }
            else
            {
                WriteTable(json, reply.Table);
                WriteCommands(json, reply.Commands);
            }

            json.WriteString("node", options.NodeName);
            if (options.CurrentHeight is { } height)
            {
                json.WriteNumber("height", height());
            }

            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenMemory;
    }

    private static void WriteTable(Utf8JsonWriter json, AdminTable table)
    {
        json.WriteStartArray("columns");
        foreach (AdminColumn column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(column.Kind.ToString()));
            json.WriteBoolean("wide", column.Wide);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (IReadOnlyList<AdminCell> row in table.Rows)
        {
            json.WriteStartArray();
            foreach (AdminCell cell in row)
            {
                cell.WriteTo(json);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (table.Summary is { } summary)
        {
            json.WriteString("summary", summary);
        }

        if (table.PbmLines is { } lines)
        {
            json.WriteStartArray("pbm");
            foreach (string line in lines)
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteCommands(Utf8JsonWriter json, IReadOnlyCollection<AdminCommand>? commands)
    {
        if (commands is null)
        {
            return;
        }

        json.WriteStartArray("commands");
        foreach (AdminCommand command in commands)
        {
            json.WriteStartObject();
            json.WriteString("palette", command.Palette);
            json.WriteString("name", command.Name);
            json.WriteString("description", command.Description);
            json.WriteStartArray("args");
            foreach (AdminArgument argument in command.Arguments)
            {
                WriteArgument(json, argument);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteArgument(Utf8JsonWriter json, AdminArgument argument)
    {
        json.WriteStartObject();
        json.WriteString("name", argument.Name);
        json.WriteString("type", AdminArguments.KindWord(argument.Kind));
        json.WriteString("description", argument.Description);
        json.WriteBoolean("positional", argument.Positional);
        json.WriteBoolean("required", argument.Required);
        if (argument.Short is { } letter)
        {
            json.WriteString("short", letter.ToString());
        }

        if (!argument.Default.IsNone)
        {
            json.WritePropertyName("default");
            argument.Default.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
