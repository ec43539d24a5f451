using System;
using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Node.Configuration;

/// <summary>The values of all keys, by name.</summary>
internal sealed class ConfigurationSettings(IReadOnlyList<ConfigurationSetting> all)
{
    private readonly Dictionary<string, ConfigurationSetting> _byName =
        all.ToDictionary(setting => setting.Key.Name, StringComparer.Ordinal);

    public ConfigurationSetting this[string key] => _byName[key];

    public T Value<T>(string key) => (T)_byName[key].Value;

    public string Text(string key) => Value<string>(key);

    public int Integer(string key) => checked((int)Value<long>(key));

    public long Size(string key) => Value<long>(key);

    public TimeSpan Duration(string key) => Value<TimeSpan>(key);

    public T Choice<T>(string key)
        where T : struct, Enum => Enum.Parse<T>(Text(key), ignoreCase: true);
}
