namespace EnergyNode.Node.BookReplay;

/// <summary>The bounds of a replay, apart from those of the book itself.</summary>
internal static class ReplayLimits
{
    /// <summary>A line without its end. The longest useful one has about 200 bytes.</summary>
    public const int MaxLineBytes = 16 * 1024;

    /// <summary>Answers are handed to the output in pieces of at least this size.</summary>
    public const int WriteBytes = 64 * 1024;
}
