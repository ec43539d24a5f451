using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace EnergyNode.Node.Configuration;

/// <summary>The texts of <c>config check</c>, <c>config explain KEY</c> and <c>config diff-default</c>.</summary>
public sealed class ConfigurationCommands(LoadedConfiguration loaded)
{
    /// <summary>All findings, and one line that says whether the node would start.</summary>
    public ConfigurationAnswer Check()
    {
        int errors = loaded.Findings.Count(finding => finding.IsError);
        int warnings = loaded.Findings.Count - errors;
        int overrides = loaded.Settings.Count(setting => setting.IsOverride);
        string verdict = errors == 0
            ? $"ok: {Count(overrides, "override")}, {Count(warnings, "warning")}"
            : $"not usable: {Count(errors, "error")}, {Count(warnings, "warning")}";
        return new ConfigurationAnswer(
            errors == 0,
            string.Join('\n', loaded.Findings.Select(finding => finding.ToString()).Append(verdict)),
            loaded.Settings,
            loaded.Findings);
    }

    /// <summary>Every key whose value is not the default, with its origin.</summary>
    public ConfigurationAnswer DiffDefault()
    {
        ConfigurationSetting[] overrides = [.. loaded.Settings.Where(setting => setting.IsOverride)];
        IEnumerable<string> lines = overrides.Select(setting =>
            $"{setting.Key.Name} = {setting.Text}   # default {setting.Key.Default}, {Origin(setting)}");
        return new ConfigurationAnswer(
            true,
            overrides.Length == 0 ? "every key has its default" : string.Join('\n', lines),
            overrides,
            loaded.Findings);
    }

    /// <param name="key">A key, an alias, a section, or a key of Akka.NET that is not honoured.</param>
    public ConfigurationAnswer Explain(string key)
    {
        if (ConfigurationKeys.Find(key) is { } found)
        {
            ConfigurationSetting[] settings =
                [.. loaded.Settings.Where(setting => setting.Key.Name == (found.AliasOf ?? found.Name))];
            return new ConfigurationAnswer(true, ExplainKey(found, settings.FirstOrDefault()), settings, []);
        }

        if (ConfigurationKeys.IsSection(key))
        {
            ConfigurationSetting[] below =
                [.. loaded.Settings.Where(s => s.Key.Name.StartsWith(key + ".", StringComparison.Ordinal))];
            IEnumerable<string> lines = below.Select(setting => $"{setting.Key.Name} = {setting.Text}")
                .Concat(ConfigurationKeys.All
                    .Where(k => k.AliasOf is not null && k.Name.StartsWith(key + ".", StringComparison.Ordinal))
                    .Select(k => $"{k.Name} is another name of {k.AliasOf}"));
            return new ConfigurationAnswer(true, string.Join('\n', lines), below, []);
        }

        if (UnhonouredKeys.ReasonFor(key) is { } reason)
        {
            return new ConfigurationAnswer(
                false, $"{key} is an Akka.NET key that this node does not honour: {reason}", [], []);
        }

        string text = UnhonouredKeys.IsInGenesis(key)
            ? $"{key} is a rule that all nodes share; it is in the genesis file"
            : $"{key} is not a key of this node; {UnknownKeys.Hint(key)}".TrimEnd(' ', ';');
        return new ConfigurationAnswer(false, text, [], []);
    }

    private static string ExplainKey(ConfigurationKey key, ConfigurationSetting? setting)
    {
        StringBuilder text = new(key.Name);
        string range = key.Type.Range.Length == 0 ? "" : $" ({key.Type.Range})";
        string byDefault = key.AliasOf is null ? key.Default : "unset";
        string[] aliases = [.. ConfigurationKeys.All.Where(k => k.AliasOf == key.Name).Select(k => k.Name)];
        text.Append(CultureInfo.InvariantCulture, $"\n  {key.Description}");
        if (setting is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  value    {setting.Text}");
            text.Append(CultureInfo.InvariantCulture, $"\n  origin   {Origin(setting)}");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n  default  {byDefault}");
        text.Append(CultureInfo.InvariantCulture, $"\n  type     {key.Type.Name}{range}");
        text.Append(CultureInfo.InvariantCulture, $"\n  variable {VariableOf(key.Name)}");
        if (aliases.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  alias    {string.Join(", ", aliases)}");
        }

        return text.ToString();
    }

    /// <summary>The environment variable that overrides a key.</summary>
    internal static string VariableOf(string key) =>
        key.Replace(".", "__", StringComparison.Ordinal).Replace('-', '_').ToUpperInvariant();

    private static string Origin(ConfigurationSetting setting)
    {
        if (setting.Origin is not { } origin)
        {
            return "default";
        }

        return setting.SetBy == setting.Key.Name ? origin.ToString() : $"{origin} as {setting.SetBy}";
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
