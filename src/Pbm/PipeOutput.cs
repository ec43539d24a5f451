using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EnergyNode.Pbm;

/// <summary>The line format that scripts for Petabridge.Cmd read: <c>value | value | value</c>.</summary>
internal static class PipeOutput
{
    public static void Write(TextWriter output, Answer answer)
    {
        foreach (string line in answer.PbmLines ?? Joined(answer))
        {
            output.Write(TerminalText.Sanitise(line) + "\n");
        }
    }

    private static IEnumerable<string> Joined(Answer answer)
    {
        foreach (IReadOnlyList<AnswerCell> row in answer.Rows)
        {
            yield return string.Join(" | ", row.Select(cell => cell.Raw));
        }

        if (answer.Summary is { } summary)
        {
            yield return summary;
        }
    }
}
