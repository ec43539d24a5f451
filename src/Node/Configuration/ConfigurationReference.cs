using System.Globalization;
using System.Linq;
using System.Text;

namespace EnergyNode.Node.Configuration;

/// <summary>The registry as Markdown, for the documentation.</summary>
public static class ConfigurationReference
{
    /// <summary>All keys, then the aliases, then what is not honoured, as tables.</summary>
    public static string Markdown()
    {
        StringBuilder text = new();
        text.Append("| Key | Type | Default | Range | Meaning |\n|---|---|---|---|---|\n");
        foreach (ConfigurationKey key in ConfigurationKeys.All.Where(key => key.AliasOf is null))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{key.Name}` | {key.Type.Name} | `{key.Default}` | {key.Type.Range} | {key.Description} |\n");
        }

        text.Append("\n### Other names\n\n| Key | Means |\n|---|---|\n");
        foreach (ConfigurationKey key in ConfigurationKeys.All.Where(key => key.AliasOf is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | `{key.AliasOf}` |\n");
        }

        text.Append("\n### Akka.NET keys that are reported and have no effect\n\n| Key | Instead |\n|---|---|\n");
        foreach ((string key, string reason) in UnhonouredKeys.Known)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {reason} |\n");
        }

        text.Append("\n### Rules that are in the genesis file\n\n");
        text.Append(string.Join(", ", UnhonouredKeys.InGenesis.Select(key => $"`{key}`"))).Append('\n');
        return text.ToString();
    }
}
