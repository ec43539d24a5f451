using System;
using System.Collections.Generic;

namespace EnergyNode.Node.Admin;

/// <summary>The answer to one request: rows under columns, or a refusal.</summary>
public sealed class AdminTable
{
    /// <exception cref="ArgumentException">A row has not one cell for each column.</exception>
    public AdminTable(IReadOnlyList<AdminColumn> columns, IReadOnlyList<IReadOnlyList<AdminCell>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        foreach (IReadOnlyList<AdminCell> row in rows)
        {
            if (row.Count != columns.Count)
            {
                throw new ArgumentException($"a row has {row.Count} cells under {columns.Count} columns", nameof(rows));
            }
        }

        Columns = columns;
        Rows = rows;
    }

    public IReadOnlyList<AdminColumn> Columns { get; }

    public IReadOnlyList<IReadOnlyList<AdminCell>> Rows { get; }

    /// <summary>One line under the table, such as <c>Count: 4 nodes</c>.</summary>
    public string? Summary { get; init; }

    /// <summary>The lines of the pipe format, summary included; null lets the client join the cells.</summary>
    public IReadOnlyList<string>? PbmLines { get; init; }

    /// <summary>What the client ends with; see <see cref="AdminExit"/>.</summary>
    public int ExitCode { get; init; }

    /// <summary>Set in a refusal: one line, what is wrong and what to do.</summary>
    public string? Error { get; private init; }

    /// <summary>An answer without rows that says why there is none.</summary>
    public static AdminTable Refuse(string error, int exitCode = AdminExit.Negative) =>
        new([], []) { Error = error, ExitCode = exitCode };
}
