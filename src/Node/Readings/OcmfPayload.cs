using System.Collections.Generic;
using System.Text.Json;

namespace EnergyNode.Node.Readings;

/// <summary>The payload section of a record, as far as readings depend on it.</summary>
/// <param name="Gateway">GS, the serial number of what signs; may be empty.</param>
/// <param name="Meter">MS, the meter's serial number; may be empty.</param>
/// <param name="Pagination">PG, OCMF table 2: the context's letter and the record's number in it; may be empty.</param>
/// <param name="Readings">RD, in order.</param>
internal sealed record OcmfPayload(
    string Gateway, string Meter, string Pagination, IReadOnlyList<OcmfReading> Readings)
{
    /// <summary>Tells meters apart: a gateway can serve several.</summary>
    public string Source => Gateway + "/" + Meter;

    /// <exception cref="OcmfException">A field is of the wrong kind.</exception>
    public static OcmfPayload Parse(JsonElement payload)
    {
        List<OcmfReading> readings = [];
        if (!payload.TryGetProperty("RD", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new OcmfException("the payload has no readings (RD)");
        }

        OcmfReading before = new(null, 'U', null, null, "", "", "", "G");
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw new OcmfException("a reading (RD) is no object");
            }

            before = Next(element, before);
            readings.Add(before);
        }

        return new OcmfPayload(
            TextOf(payload, "GS") ?? "", TextOf(payload, "MS") ?? "", TextOf(payload, "PG") ?? "", readings);
    }

    private static OcmfReading Next(JsonElement element, OcmfReading before) => Timed(element, before) with
    {
        Transaction = TextOf(element, "TX") switch
        {
            null => before.Transaction,
            "B" or "C" or "X" or "E" or "L" or "R" or "A" or "P" or "S" or "T" => TextOf(element, "TX")![0],
            string other => throw new OcmfException(
                $"TX {XmlCursor.Shown(other)} is none of B, C, X, E, L, R, A, P, S, T"),
        },
        Value = NumberOf(element, "RV") ?? before.Value,
        Register = TextOf(element, "RI") ?? before.Register,
        Unit = TextOf(element, "RU") ?? before.Unit,
        ErrorFlags = TextOf(element, "EF") ?? before.ErrorFlags,
        State = TextOf(element, "ST") ?? before.State,
    };

    /// <summary>A time, a space, the clock's state (table 19).</summary>
    private static OcmfReading Timed(JsonElement element, OcmfReading before)
    {
        if (TextOf(element, "TM") is not { } text)
        {
            return before;
        }

        return text.Length > 2 && text[^2] == ' ' && text[^1] is 'U' or 'I' or 'S' or 'R'
            && UtcTimestamp.TryParseOcmf(text[..^2], out long millis)
                ? before with
                {
                    TimeMillis = millis,
                    Clock = text[^1],
                }
                : before with
                {
                    TimeMillis = null,
                    Clock = 'U',
                };
    }

    private static string? TextOf(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement field))
        {
            return null;
        }

        return field.ValueKind == JsonValueKind.String
            ? field.GetString()
            : throw new OcmfException($"{name} is not a text");
    }

    private static string? NumberOf(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement field))
        {
            return null;
        }

        return field.ValueKind == JsonValueKind.Number
            ? field.GetRawText()
            : throw new OcmfException($"{name} is not a number");
    }
}
