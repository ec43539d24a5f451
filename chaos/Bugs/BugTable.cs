using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace EnergyNode.Chaos.Bugs;

/// <summary>The table of docs/planted-bugs.md, from what <c>bugs run --json</c> printed.</summary>
internal static class BugTable
{
    private const string Tests = "test tests/";
    private const string TestProject = ".Tests ";

    /// <param name="runs">Each the output of one run; a later one replaces what an earlier one says of a bug.</param>
    /// <param name="names">The bugs that there are; others are left out.</param>
    /// <exception cref="InvalidDataException">A text is no such output.</exception>
    public static string Render(IEnumerable<string> runs, IReadOnlyCollection<string> names)
    {
        SortedDictionary<string, (string? CaughtBy, double Seconds)> rows = new(StringComparer.Ordinal);
        foreach (string run in runs)
        {
            foreach (JsonElement verdict in Verdicts(run))
            {
                string name = verdict.GetProperty("name").GetString()!;
                rows[name] = (
                    verdict.GetProperty("caughtBy").GetString(), verdict.GetProperty("runSeconds").GetDouble());
            }
        }

        StringWriter table = new();
        table.WriteLine("| bug | caught by | s |");
        table.WriteLine("|---|---|---|");
        foreach ((string name, (string? caughtBy, double seconds)) in rows.Where(row => names.Contains(row.Key)))
        {
            string time = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
            table.WriteLine($"| {name} | {(caughtBy is null ? "**not caught**" : Short(caughtBy))} | {time} |");
        }

        return table.ToString();
    }

    /// <summary>As the table writes a catcher.</summary>
    public static string Short(string catcher) => catcher.StartsWith(Tests, StringComparison.Ordinal)
        ? catcher[Tests.Length..].Replace(TestProject, " ", StringComparison.Ordinal)
        : catcher;

    private static List<JsonElement> Verdicts(string run)
    {
        try
        {
            return [.. JsonDocument.Parse(run).RootElement.GetProperty("verdicts").EnumerateArray()];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException("this is not what 'bugs run --json' prints", fault);
        }
    }
}
