using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace EnergyNode.Actors.Configuration;

/// <summary>What a configuration may draw on besides its own text.</summary>
/// <param name="ReadFile">The text of an included file, or null when there is none of that name.</param>
/// <param name="Environment">Variables that <c>${NAME}</c> falls back to, and from which overrides are taken.</param>
/// <param name="OverridePrefixes">
/// Beginnings of the variables that override keys, such as <c>AKKA__</c>; empty for no overrides.
/// </param>
public sealed record HoconSources(
    Func<string, string?> ReadFile,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> OverridePrefixes)
{
    /// <summary>No files, no variables.</summary>
    public static readonly HoconSources None = new(_ => null, new Dictionary<string, string>(), []);

    /// <summary>The file as text.</summary>
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="HoconException">The file is too large, unreadable or not UTF-8.</exception>
    public static string? ReadTextFile(string path)
    {
        HoconOrigin start = new(path, 1, 1);
        try
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                return null;
            }

            return file.Length <= ConfigurationLimits.MaxFileBytes
                ? File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true))
                : throw new HoconException(
                    start, $"the file has more than {ConfigurationLimits.MaxFileBytes} bytes; split or shorten it");
        }
        catch (DecoderFallbackException)
        {
            throw new HoconException(start, "the file is not UTF-8; save it as UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HoconException(start, $"the file cannot be read ({e.Message}); check its path and permissions");
        }
    }

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment()
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return variables;
    }
}
