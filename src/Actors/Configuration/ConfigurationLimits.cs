namespace EnergyNode.Actors.Configuration;

/// <summary>Bounds of the HOCON reader. Each is far above a configuration that a person writes.</summary>
public static class ConfigurationLimits
{
    /// <summary>One file: 256 peers of about 200 bytes are 50 KiB, so 1 MiB leaves twenty times that.</summary>
    public const int MaxFileBytes = 1 << 20;

    /// <summary>
    /// Nesting of objects and arrays, dotted keys included, also after substitution. The deepest key of the reference
    /// has 6 levels. One level costs three stack frames of at most 300 bytes: 32 levels are 29 KiB.
    /// </summary>
    public const int MaxDepth = 32;

    /// <summary>Files that include one another, the first included: a site, a node and a secrets file are 3.</summary>
    public const int MaxIncludeDepth = 8;

    /// <summary>All files together: one hundred files of 1 MiB are the most that is ever read.</summary>
    public const int MaxFiles = 100;

    /// <summary>Characters of one element of a key path.</summary>
    public const int MaxKeyLength = 128;

    /// <summary>Characters of one text, also after concatenation.</summary>
    public const int MaxTextLength = 1 << 16;

    /// <summary>
    /// Values of the whole tree after substitution: it stops a chain of <c>x = [${y}, ${y}]</c> from doubling
    /// without end.
    /// </summary>
    public const int MaxValues = 1 << 17;

    /// <summary>Substitutions and assignments that wait for one another: 512 × 4 frames × 300 B = 600 KiB.</summary>
    public const int MaxResolutionDepth = 512;
}
