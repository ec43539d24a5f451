using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Configuration;

namespace EnergyNode.Node.Configuration;

/// <summary>Reports every key that is not in the registry, with what was probably meant.</summary>
internal static class UnknownKeys
{
    public static void Check(HoconObject root, List<ConfigurationFinding> findings)
    {
        foreach (HoconField field in root.Fields)
        {
            if (ConfigurationKeys.Trees.Contains(field.Name, StringComparer.Ordinal))
            {
                CheckSection(field, field.Name, findings);
            }
            else if (field.Value is HoconObject
                && EditDistance.Nearest(field.Name, ConfigurationKeys.Trees) is { } tree)
            {
                findings.Add(new ConfigurationFinding(
                    true, field.Origin, $"{HoconText.Path([field.Name])} is not a section; did you mean '{tree}'?"));
            }
        }
    }

    /// <summary>The sentence after the name of an unknown key.</summary>
    internal static string Hint(string path)
    {
        int dot = path.LastIndexOf('.');
        string section = dot < 0 ? "" : path[..dot];
        string name = path[(dot + 1)..];
        IEnumerable<string> siblings = dot < 0 ? ConfigurationKeys.Trees : ConfigurationKeys.NamesBelow(section);
        string? meant = EditDistance.Nearest(name, siblings)
            ?? ConfigurationKeys.All.Select(key => key.Name).FirstOrDefault(
                key => key.EndsWith("." + name, StringComparison.Ordinal));
        return meant is null ? "" : $"did you mean '{meant}'?";
    }

    private static void CheckSection(HoconField section, string path, List<ConfigurationFinding> findings)
    {
        if (section.Value is not HoconObject tree)
        {
            if (section.Value is not HoconScalar { IsNull: true })
            {
                HoconException mistake = HoconTyped.Mismatch(section.Value, path, "an object { … }");
                findings.Add(new ConfigurationFinding(true, mistake.Origin, mistake.Problem));
            }

            return;
        }

        foreach (HoconField field in tree.Fields)
        {
            string fieldPath = path + "." + HoconText.Path([field.Name]);
            if (ConfigurationKeys.IsSection(fieldPath))
            {
                CheckSection(field, fieldPath, findings);
            }
            else if (ConfigurationKeys.Find(fieldPath) is null)
            {
                findings.Add(Unknown(field.Origin, fieldPath));
            }
        }
    }

    private static ConfigurationFinding Unknown(HoconOrigin origin, string path)
    {
        if (UnhonouredKeys.IsInGenesis(path))
        {
            return new(true, origin, $"{path} is a rule that all nodes share; set it in the genesis file, not here");
        }

        if (UnhonouredKeys.ReasonFor(path) is { } reason)
        {
            return new(false, origin, $"{path} is an Akka.NET key that this node does not honour: {reason}");
        }

        string hint = Hint(path);
        bool own = path.StartsWith("energy-node.", StringComparison.Ordinal);
        return own || hint.Length > 0
            ? new(true, origin, $"{path} is not a key of this node; {(hint.Length > 0 ? hint : "remove it")}")
            : new(false, origin, $"{path} is not known and has no effect; remove it");
    }
}
