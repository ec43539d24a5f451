using System.Linq;

namespace EnergyNode.Node.Configuration;

/// <summary>Bounds of lists and names in a configuration; the ranges of single values are in the registry.</summary>
public static class ConfigurationBounds
{
    /// <summary>Twice the largest validator set that is tested, plus observers: 2 × 32 + 64.</summary>
    public const int MaxPeers = 128;

    public const int MaxRoles = 16;

    /// <summary>A name fits in a column of a terminal.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Header, hashes and signatures around the batches of a block of the largest size.</summary>
    public const long FrameOverheadBytes = 1L << 16;

    internal const string NameForm = "1 to 64 letters, digits, '-', '_' or '.'";

    internal static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
