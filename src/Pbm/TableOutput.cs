using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace EnergyNode.Pbm;

/// <summary>Columns aligned by spaces, as they survive a pipe, a log and a screen reader.</summary>
internal static class TableOutput
{
    private const int Gap = 3;
    private const string Bold = "\u001b[1m";
    private const string Plain = "\u001b[0m";

    public static void Write(TextWriter output, Answer answer, bool wide, bool colour)
    {
        int[] shown = [.. Enumerable.Range(0, answer.Columns.Count).Where(i => wide || !answer.Columns[i].Wide)];
        if (shown.Length > 0)
        {
            WriteGrid(output, answer, shown, colour);
        }

        if (answer.Summary is { } summary)
        {
            output.Write(TerminalText.Sanitise(summary) + "\n");
        }
    }

    private static void WriteGrid(TextWriter output, Answer answer, int[] shown, bool colour)
    {
        string[] header = [.. shown.Select(i => Heading(answer.Columns[i].Name))];
        var body = new List<string[]>(answer.Rows.Count);
        foreach (IReadOnlyList<AnswerCell> row in answer.Rows)
        {
            body.Add([.. shown.Select(i => CellText.Of(row[i], answer.Columns[i].Kind))]);
        }

        bool[] right = [.. shown.Select(i => IsNumeric(answer.Columns[i].Kind))];
        int[] widths = [.. header.Select(Width)];
        foreach (string[] row in body)
        {
            for (int i = 0; i < row.Length; i++)
            {
                widths[i] = Math.Max(widths[i], Width(row[i]));
            }
        }

        string heading = Line(header, widths, right);
        output.Write((colour ? Bold + heading + Plain : heading) + "\n");
        foreach (string[] row in body)
        {
            output.Write(Line(row, widths, right) + "\n");
        }
    }

    /// <summary><c>lastError</c> becomes <c>LAST-ERROR</c>.</summary>
    private static string Heading(string name)
    {
        var heading = new StringBuilder(name.Length + 2);
        foreach (char c in TerminalText.Sanitise(name))
        {
            if (char.IsAsciiLetterUpper(c) && heading.Length > 0)
            {
                heading.Append('-');
            }

            heading.Append(char.ToUpperInvariant(c));
        }

        return heading.ToString();
    }

    private static bool IsNumeric(CellKind kind) =>
        kind is CellKind.Number or CellKind.Bytes or CellKind.DurationMicros;

    private static int Width(string text) => new StringInfo(text).LengthInTextElements;

    private static string Line(string[] cells, int[] widths, bool[] right)
    {
        var line = new StringBuilder();
        for (int i = 0; i < cells.Length; i++)
        {
            int padding = widths[i] - Width(cells[i]);
            line.Append(' ', i == 0 ? 0 : Gap);
            line.Append(' ', right[i] ? padding : 0).Append(cells[i]).Append(' ', right[i] ? 0 : padding);
        }

        return line.ToString().TrimEnd(' ');
    }
}
