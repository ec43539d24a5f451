using System.Linq;

namespace EnergyNode.Actors.Configuration;

/// <summary>
/// Reads HOCON as the configurations of Akka.NET use it: comments, dotted and quoted keys, concatenation, merging,
/// <c>+=</c>, substitutions with environment variables, and includes.
/// </summary>
/// <remarks>
/// Stricter than the HOCON specification in three places, so that no mistake goes unnoticed: an included file must
/// exist, a value begins on the line of its key (unless it is an object or a list), and keys contain no spaces.
/// </remarks>
public static class HoconParser
{
    /// <summary>Reads a text that draws on nothing else.</summary>
    public static HoconObject Parse(string text, string fileName) => Parse(text, fileName, HoconSources.None);

    /// <param name="text">The content of the file.</param>
    /// <param name="fileName">Names the file in messages; includes are relative to its directory.</param>
    /// <param name="sources">Files, environment and overrides. Overrides win and are seen by substitutions.</param>
    /// <exception cref="HoconException">The first mistake, with its place.</exception>
    public static HoconObject Parse(string text, string fileName, HoconSources sources)
    {
        HoconNode.Tree root = new HoconIncludes(sources).ReadText(text, fileName, []);
        EnvironmentOverrides.Apply(root, sources);
        return new HoconResolver(root, sources.Environment).Resolve();
    }

    /// <summary>Reads one value, such as a default: <c>60s</c>, <c>[]</c>, <c>"a text"</c>.</summary>
    public static HoconValue ParseValue(string text, HoconOrigin origin)
    {
        HoconNode.Tree root = new(origin);
        HoconReader.Place(root, [], ["value"], ReadValue(text, origin), origin);
        return new HoconResolver(root, HoconSources.None.Environment).Resolve().Fields.Single().Value;
    }

    internal static HoconNode ReadValue(string text, HoconOrigin origin) =>
        new HoconReader(new HoconCursor(text, origin), new HoconIncludes(HoconSources.None), []).ReadSingleValue();
}
