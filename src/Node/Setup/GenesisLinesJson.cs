using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>The part of a genesis file that says how zones are connected: <c>lines</c>, where there are any.</summary>
internal static class GenesisLinesJson
{
    private const string Name = "lines";

    /// <exception cref="SetupException">A member is missing, unknown or wrong.</exception>
    public static IReadOnlyList<GenesisLine> Read(JsonFields root) =>
        root.Has(Name) ? [.. root.Objects(Name, Limits.MaxGridZones).Select(ReadLine)] : [];

    public static void Write(Utf8JsonWriter json, IReadOnlyList<GenesisLine> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        json.WriteStartArray(Name);
        foreach (GenesisLine line in lines)
        {
            json.WriteStartObject();
            json.WriteString("zone", line.Zone.ToString());
            json.WriteString("parent", line.Line.Parent?.ToString());
            json.WriteNumber("exportW", line.Line.ExportW);
            json.WriteNumber("importW", line.Line.ImportW);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static GenesisLine ReadLine(JsonFields fields)
    {
        ZoneId zone = new(fields.Parsed<Label>("zone", Label.TryParse, GenesisReader.NameForm));
        ZoneId? parent = fields.IsNull("parent")
            ? null
            : new ZoneId(fields.Parsed<Label>("parent", Label.TryParse, GenesisReader.NameForm));
        GridLine line = new(
            parent, fields.Integer("exportW", 0, Limits.MaxRatingW), fields.Integer("importW", 0, Limits.MaxRatingW));
        fields.End();
        return new GenesisLine(zone, line);
    }
}
