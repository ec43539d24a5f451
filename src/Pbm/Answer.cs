using System.Collections.Generic;

namespace EnergyNode.Pbm;

/// <summary>What a node sent back for one request.</summary>
internal sealed record Answer
{
    public required bool Ok { get; init; }

    public required int ExitCode { get; init; }

    /// <summary>Set when not ok.</summary>
    public string? Error { get; init; }

    public IReadOnlyList<AnswerColumn> Columns { get; init; } = [];

    /// <summary>Each row has as many cells as there are columns.</summary>
    public IReadOnlyList<IReadOnlyList<AnswerCell>> Rows { get; init; } = [];

    public string? Summary { get; init; }

    /// <summary>The lines of the pipe format, if the node supplied them.</summary>
    public IReadOnlyList<string>? PbmLines { get; init; }

    public string? Node { get; init; }

    public long? Height { get; init; }

    /// <summary>The node's commands, in the answer to <c>help</c> only.</summary>
    public IReadOnlyList<CatalogueCommand> Commands { get; init; } = [];

    /// <summary>The first row's value in a column, or in a table of names and values the value of a name.</summary>
    public AnswerCell Find(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name && Rows.Count > 0)
            {
                return Rows[0][i];
            }
        }

        if (Columns is [{ Name: "name" }, { Name: "value" }])
        {
            foreach (IReadOnlyList<AnswerCell> row in Rows)
            {
                if (row[0].Text == name)
                {
                    return row[1];
                }
            }
        }

        return default;
    }
}
