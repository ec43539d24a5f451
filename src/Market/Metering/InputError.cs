using System.Globalization;

namespace EnergyNode.Market.Metering;

/// <summary>Why a file was refused, at its place.</summary>
/// <param name="File">The file's name as the caller gave it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">The byte in the line, from 1.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record InputError(string File, int Line, int Column, string What, string Remedy)
{
    /// <summary>Which rule of the input it breaks.</summary>
    public InputRule Rule { get; init; }

    /// <summary><c>file:line:column: what, what to do</c></summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {What}, {Remedy}");
}
