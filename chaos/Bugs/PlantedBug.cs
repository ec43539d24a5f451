using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace EnergyNode.Chaos.Bugs;

/// <summary>
/// A deliberate defect: one text in one source file is replaced by another. The file format is documented in
/// docs/planted-bugs.md.
/// </summary>
/// <param name="Why">What the defect would do to users, one line.</param>
/// <param name="File">The source file, from the repository's root.</param>
/// <param name="Original">Occurs exactly once in that file.</param>
internal sealed record PlantedBug(
    string Name, string Why, string File, string Original, string Replacement, IReadOnlyList<BugCatcher> Catchers)
{
    private const string Begin = "<<<<";
    private const string Middle = "====";
    private const string End = ">>>>";
    private const string Extension = ".bug";

    /// <summary>All bugs of a directory, by name.</summary>
    public static IReadOnlyList<PlantedBug> ReadAll(string directory)
    {
        string[] files = Directory.GetFiles(directory, "*" + Extension);
        Array.Sort(files, StringComparer.Ordinal);
        return Array.ConvertAll(files, file => Parse(System.IO.File.ReadAllText(file), file));
    }

    /// <exception cref="InvalidDataException">The first mistake, with file and line.</exception>
    public static PlantedBug Parse(string text, string file)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        Dictionary<string, string> fields = [];
        List<BugCatcher> catchers = [];
        int at = 0;
        for (; at < lines.Length && lines[at] != Begin; at++)
        {
            ReadField(lines[at], $"{file}:{(at + 1).ToString(CultureInfo.InvariantCulture)}", fields, catchers);
        }

        int middle = Array.IndexOf(lines, Middle, Math.Min(at, lines.Length - 1));
        int end = Array.IndexOf(lines, End, Math.Max(middle, 0));
        if (at >= lines.Length || middle <= at + 1 || end < middle)
        {
            throw new InvalidDataException(
                $"{file}: the change must be written as {Begin}, the original lines, {Middle}, the new lines, {End}");
        }

        string Field(string name) => fields.TryGetValue(name, out string? value)
            ? value
            : throw new InvalidDataException($"{file}: the line '{name}: …' is missing");
        if (catchers.Count == 0)
        {
            throw new InvalidDataException($"{file}: say with 'caught-by: …' what should notice the bug");
        }

        return new PlantedBug(
            Path.GetFileNameWithoutExtension(file),
            Field("why"),
            Field("file"),
            string.Join('\n', lines[(at + 1)..middle]),
            string.Join('\n', lines[(middle + 1)..end]),
            catchers);
    }

    /// <returns>The file's text with the bug; null when the original does not occur exactly once.</returns>
    public string? PlantInto(string source)
    {
        string normal = source.ReplaceLineEndings("\n");
        int first = normal.IndexOf(Original, StringComparison.Ordinal);
        bool once = first >= 0 && normal.IndexOf(Original, first + 1, StringComparison.Ordinal) < 0;
        return once
            ? string.Concat(normal.AsSpan(0, first), Replacement, normal.AsSpan(first + Original.Length))
            : null;
    }

    private static void ReadField(
        string line, string where, Dictionary<string, string> fields, List<BugCatcher> catchers)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return;
        }

        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        string name = colon > 0 ? line[..colon] : "";
        switch (name)
        {
            case "caught-by":
                catchers.Add(BugCatcher.Parse(line[(colon + 2)..], where));
                break;
            case "why" or "file" when fields.TryAdd(name, line[(colon + 2)..]):
                break;
            default:
                throw new InvalidDataException($"{where}: expected 'why: …', 'file: …' or 'caught-by: …', each once");
        }
    }
}
