using EnergyNode.Actors.Configuration;

namespace EnergyNode.Node.Configuration;

/// <summary>One key that this node honours.</summary>
/// <param name="Name">The full dotted path.</param>
/// <param name="Type">What values it takes, and the range.</param>
/// <param name="Default">As HOCON; <c>null</c> for a key that is unset unless it is written.</param>
/// <param name="Description">One or two sentences.</param>
public sealed record ConfigurationKey(string Name, KeyType Type, string Default, string Description)
{
    /// <summary>The key for which this one is another name; the other wins when both are set.</summary>
    public string? AliasOf { get; init; }

    internal object DefaultValue => Type.Read(HoconParser.ParseValue(Default, new HoconOrigin("default", 0, 0)), Name);
}
