using System;
using System.Globalization;

namespace EnergyNode.Node.Readings;

/// <summary>A file is not what it should be, at a place; nothing of it is used.</summary>
/// <param name="line">From 1.</param>
/// <param name="column">From 1.</param>
/// <param name="what">What is wrong.</param>
/// <param name="remedy">What to do about it.</param>
internal sealed class UnreadableFileException(int line, int column, string what, string remedy)
    : Exception($"{what}, {remedy}")
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary><c>file:line:column: what, what to do</c></summary>
    public string At(string file) => string.Create(CultureInfo.InvariantCulture, $"{file}:{Line}:{Column}: {Message}");
}
