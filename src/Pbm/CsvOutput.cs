using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EnergyNode.Pbm;

/// <summary>Answers as RFC 4180 has it: a header, CRLF, quotes where needed, values unformatted.</summary>
internal static class CsvOutput
{
    /// <param name="output">Where to.</param>
    /// <param name="answer">What; its summary is not part of it.</param>
    /// <param name="terminal">Escape what could harm a terminal; a file gets the values as they are.</param>
    public static void Write(TextWriter output, Answer answer, bool terminal)
    {
        WriteLine(output, answer.Columns.Select(column => column.Name), terminal);
        foreach (IReadOnlyList<AnswerCell> row in answer.Rows)
        {
            WriteLine(output, row.Select(cell => cell.Raw), terminal);
        }
    }

    private static void WriteLine(TextWriter output, IEnumerable<string> fields, bool terminal) =>
        output.Write(string.Join(',', fields.Select(field => Field(field, terminal))) + "\r\n");

    private static string Field(string value, bool terminal)
    {
        string text = terminal ? TerminalText.Sanitise(value) : value;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}
