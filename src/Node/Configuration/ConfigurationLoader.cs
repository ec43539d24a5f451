using System.Collections.Generic;
using System.IO;
using System.Linq;
using EnergyNode.Actors.Configuration;

namespace EnergyNode.Node.Configuration;

/// <summary>Reads a configuration file with its includes and the environment, and validates all of it.</summary>
public static class ConfigurationLoader
{
    /// <param name="file">The path of the file, as the user wrote it; relative paths inside are relative to it.</param>
    /// <param name="environment">Variables for overrides and substitutions.</param>
    public static LoadedConfiguration Load(string file, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            return HoconSources.ReadTextFile(file) is { } text
                ? Parse(text, file, environment)
                : Failed(
                    new HoconOrigin(file, 1, 1),
                    Directory.Exists(file)
                        ? "this is a directory; name the cluster.hocon in it"
                        : "the file does not exist; create it with init, or name another");
        }
        catch (HoconException mistake)
        {
            return Failed(mistake.Origin, mistake.Problem);
        }
    }

    /// <summary>As <see cref="Load"/>, with a text that is already in memory.</summary>
    public static LoadedConfiguration Parse(
        string text, string file, IReadOnlyDictionary<string, string> environment)
    {
        HoconObject root;
        try
        {
            root = HoconParser.Parse(
                text,
                file,
                new HoconSources(HoconSources.ReadTextFile, environment, ConfigurationKeys.OverridePrefixes));
        }
        catch (HoconException mistake)
        {
            return Failed(mistake.Origin, mistake.Problem);
        }

        List<ConfigurationFinding> findings = [];
        UnknownKeys.Check(root, findings);
        List<ConfigurationSetting> settings = [];
        foreach (ConfigurationKey key in ConfigurationKeys.All.Where(key => key.AliasOf is null))
        {
            settings.Add(Read(root, key, findings));
        }

        foreach (ConfigurationKey key in ConfigurationKeys.All.Where(key => key.AliasOf is not null))
        {
            ReportHiddenAlias(root, key, findings);
        }

        ConfigurationSettings byName = new(settings);
        if (!findings.Exists(finding => finding.IsError))
        {
            ConfigurationRules.Check(byName, findings);
        }

        bool valid = !findings.Exists(finding => finding.IsError);
        return new LoadedConfiguration(valid ? NodeConfiguration.From(byName, file) : null, settings, findings);
    }

    private static ConfigurationSetting Read(
        HoconObject root, ConfigurationKey key, List<ConfigurationFinding> findings)
    {
        string[] names =
        [
            key.Name, .. ConfigurationKeys.All.Where(alias => alias.AliasOf == key.Name).Select(alias => alias.Name),
        ];
        string? setBy = names.FirstOrDefault(root.HasPath);
        if (setBy is not null && root.Find(setBy) is { } value && TryRead(key, value, setBy, findings) is { } read)
        {
            return new ConfigurationSetting(key, key.Type.Show(read), value.Origin, setBy) { Value = read };
        }

        object byDefault = key.DefaultValue;
        return new ConfigurationSetting(key, key.Type.Show(byDefault), null, key.Name) { Value = byDefault };
    }

    private static void ReportHiddenAlias(
        HoconObject root, ConfigurationKey alias, List<ConfigurationFinding> findings)
    {
        if (root.Find(alias.Name) is not { } hidden || root.Find(alias.AliasOf!) is not { } winner
            || TryRead(alias, hidden, alias.Name, findings) is not { } value)
        {
            return;
        }

        string text = alias.Type.Show(value);
        List<ConfigurationFinding> known = [];
        if (TryRead(alias, winner, alias.AliasOf!, known) is { } winning && alias.Type.Show(winning) != text)
        {
            findings.Add(new ConfigurationFinding(
                false,
                hidden.Origin,
                $"{alias.Name} has no effect: {alias.AliasOf} is set by {winner.Origin}; keep one"));
        }
    }

    private static object? TryRead(
        ConfigurationKey key, HoconValue value, string path, List<ConfigurationFinding> findings)
    {
        try
        {
            return key.Type.Read(value, path);
        }
        catch (HoconException mistake)
        {
            findings.Add(new ConfigurationFinding(true, mistake.Origin, mistake.Problem));
            return null;
        }
    }

    private static LoadedConfiguration Failed(HoconOrigin origin, string problem) =>
        new(null, [], [new ConfigurationFinding(true, origin, problem)]);
}
