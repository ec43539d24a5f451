using EnergyNode.Actors.Configuration;

namespace EnergyNode.Node.Configuration;

/// <summary>The value that a key has.</summary>
/// <param name="Key">The key; never an alias.</param>
/// <param name="Text">The value as one line of HOCON.</param>
/// <param name="Origin">Where it was written; null when it is the default.</param>
/// <param name="SetBy">The key under which it was written: the key itself, or an alias of it.</param>
public sealed record ConfigurationSetting(ConfigurationKey Key, string Text, HoconOrigin? Origin, string SetBy)
{
    /// <summary>Whether the value differs from the default; writing the default out is no override.</summary>
    public bool IsOverride => Text != Key.Type.Show(Key.DefaultValue);

    internal object Value { get; init; } = "";
}
