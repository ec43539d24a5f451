namespace EnergyNode.Consensus.Tests.Support;

/// <summary>For a while, the network drops some kinds of messages on their way to some validators.</summary>
/// <param name="From">Virtual milliseconds.</param>
/// <param name="Length">Virtual milliseconds.</param>
/// <param name="Kinds">A bit for each statement tag; 0 for all.</param>
/// <param name="Targets">A bit for each receiver.</param>
internal sealed record Grudge(long From, long Length, int Kinds, int Targets)
{
    /// <summary>Version, sender, length, the statement's version: then comes its tag.</summary>
    public const int TagOffset = 2 + 2 + 4 + 2;

    public bool Hits(long now, byte tag, int to) =>
        now >= From && now < From + Length && (Targets >> to & 1) == 1 && (Kinds == 0 || (Kinds >> tag & 1) == 1);
}
