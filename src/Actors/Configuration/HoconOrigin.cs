using System.Globalization;

namespace EnergyNode.Actors.Configuration;

/// <summary>Where a value was written: a place in a file, or a named source such as an environment variable.</summary>
/// <param name="Source">The file as it was named, or the description of the source.</param>
/// <param name="Line">From 1; 0 when the source has no lines.</param>
/// <param name="Column">From 1, in UTF-16 units; 0 when the source has no lines.</param>
public readonly record struct HoconOrigin(string Source, int Line, int Column)
{
    public static HoconOrigin EnvironmentVariable(string name) => new("environment variable " + name, 0, 0);

    public override string ToString() => Line == 0
        ? Source
        : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}");
}
