using System;
using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Actors.Configuration;

/// <summary>
/// Environment variables that override keys: <c>AKKA__CLUSTER__MIN_NR_OF_MEMBERS</c> is
/// <c>akka.cluster.min-nr-of-members</c> (<c>__</c> is a dot, <c>_</c> a dash).
/// </summary>
/// <remarks>
/// A value that begins with <c>[</c>, <c>{</c> or <c>"</c> is read as HOCON; any other is taken as the text it is.
/// </remarks>
public static class EnvironmentOverrides
{
    /// <returns>The path elements of the key that the variable overrides.</returns>
    /// <exception cref="HoconException">The name has an empty element.</exception>
    public static IReadOnlyList<string> PathOf(string variable)
    {
        string[] elements = variable.ToLowerInvariant().Split("__");
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = elements[i].Replace('_', '-');
            if (elements[i].Length is 0 or > ConfigurationLimits.MaxKeyLength)
            {
                throw new HoconException(
                    HoconOrigin.EnvironmentVariable(variable),
                    "the name must be words between '__', such as AKKA__CLUSTER__ROLES; rename or unset it");
            }
        }

        return elements;
    }

    /// <summary>The variables that begin with one of the prefixes, in ordinal order.</summary>
    public static IEnumerable<string> NamesIn(HoconSources sources) => sources.Environment.Keys
        .Where(name => sources.OverridePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    internal static void Apply(HoconNode.Tree root, HoconSources sources)
    {
        foreach (string name in NamesIn(sources))
        {
            HoconOrigin origin = HoconOrigin.EnvironmentVariable(name);
            IReadOnlyList<string> path = PathOf(name);
            if (path.Count >= ConfigurationLimits.MaxDepth)
            {
                throw new HoconException(
                    origin, $"the name has more than {ConfigurationLimits.MaxDepth} parts; unset it");
            }

            string text = sources.Environment[name].Trim();
            HoconNode value = text.Length > 0 && text[0] is '[' or '{' or '"'
                ? HoconParser.ReadValue(text, origin)
                : new HoconNode.Scalar(text, quoted: false, origin);
            HoconReader.Place(root, [], path, value, origin);
        }
    }
}
