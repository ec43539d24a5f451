using System;
using System.Collections.Generic;
using System.Text.Json;

namespace EnergyNode.Node.Admin;

/// <summary>One request as it stands in its line, before its token and arguments are checked.</summary>
internal sealed record AdminRequestLine(
    string Token,
    string Command,
    IReadOnlyDictionary<string, AdminCell> Arguments,
    long? TimeoutMillis)
{
    public const int ProtocolVersion = 1;

    /// <summary>Reads a line; null and one sentence when it is not a request.</summary>
    public static AdminRequestLine? Parse(ReadOnlyMemory<byte> line, int maxDepth, out string problem)
    {
        var options = new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false };
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, options);
            return FromJson(document.RootElement, out problem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not valid UTF-8 or has half a surrogate pair.
            problem = "the request is not one JSON object in UTF-8 on one line";
            return null;
        }
    }

    private static AdminRequestLine? FromJson(JsonElement root, out string problem)
    {
        problem = "";
        if (root.ValueKind != JsonValueKind.Object)
        {
            problem = "the request is not a JSON object";
            return null;
        }

        long? version = null;
        string token = "";
        string? command = null;
        long? timeoutMillis = null;
        var arguments = new SortedDictionary<string, AdminCell>(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            bool good = property.Name switch
            {
                "v" => (version = Integer(property.Value)) is not null,
                "token" => (token = Text(property.Value) ?? "").Length > 0,
                "command" => (command = Text(property.Value)) is not null,
                "timeoutMs" => (timeoutMillis = Integer(property.Value)) is > 0,
                "args" => ReadArguments(property.Value, arguments),
                _ => true,
            };
            if (!good)
            {
                problem = $"the request's '{property.Name}' has a wrong type or value";
                return null;
            }
        }

        if (version != ProtocolVersion)
        {
            problem = $"this node speaks version {ProtocolVersion} of the admin protocol; use the pbm of its release";
            return null;
        }

        if (command is null)
        {
            problem = "the request names no 'command'";
            return null;
        }

        return new AdminRequestLine(token, command, arguments, timeoutMillis);
    }

    private static bool ReadArguments(JsonElement value, SortedDictionary<string, AdminCell> arguments)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            AdminCell cell = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Number => Integer(property.Value),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => default,
            };
            if (cell.IsNone)
            {
                return false;
            }

            arguments.Add(property.Name, cell);
        }

        return true;
    }

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Integer(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;
}
