using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Every bound of consensus, with the arithmetic behind it.</summary>
internal static class Limits
{
    /// <summary>2^30 views or rounds: at one each second 34 years without a decision in PoS, or in all in PBFT.</summary>
    public const int MaxView = 1 << 30;

    /// <summary>2^53: one block each microsecond for 285 years, and h + 1 never overflows.</summary>
    public const long MaxHeight = 1L << 53;

    /// <summary>
    /// The longest statement is a view change: 2 + 1 + 8 + 4 + 4 + 8 × (1 + 4 + 32) = 315 bytes.
    /// </summary>
    public const int MaxStatementBytes = 320;

    /// <summary>
    /// The longest message is a new view: 8 + 1 blocks of 1,024 × 32 + 250 bytes with 100 prepares of 66 bytes, 8
    /// certificates of as many commits, and 100 view changes of 374 bytes: 447 KB, rounded up to 512 KiB.
    /// </summary>
    public const int MaxSignedMessageBytes = 512 * 1024;

    /// <summary>Views of which one sender's prepares, and its commits, are kept: its highest ones.</summary>
    public const int MaxVotedViews = 4;

    /// <summary>Kept blocks of the height in progress: accepted, locked, decided, and a few older ones.</summary>
    public const int MaxKnownBlocks = 8;

    /// <summary>Checkpoint votes of one sender that are kept: a periodic one and an idle one.</summary>
    public const int MaxCheckpointVotesPerSender = 2;

    /// <summary>Heights whose own state is kept, to be compared with a quorum's: 128 × 104 bytes = 13 KB.</summary>
    public const int MaxRecentRoots = 128;

    /// <summary>Heights ahead for which a standing is written: 64 × some 500 bytes of records wait to be deleted.</summary>
    public const int StandingHeights = 64;

    /// <summary>
    /// No time-out is longer, however often a cluster failed: a network slower than this is none.
    /// </summary>
    public static readonly Duration MaxTimeout = Duration.FromSeconds(30);
}
