namespace EnergyNode.Consensus;

/// <summary>Every bound of consensus, with the arithmetic behind it.</summary>
internal static class Limits
{
    /// <summary>2^20 attempts at one height: at the capped time-out of some 30 s that is a year.</summary>
    public const int MaxView = 1 << 20;

    /// <summary>2^53: one block each microsecond for 285 years, and h + 1 never overflows.</summary>
    public const long MaxHeight = 1L << 53;

    /// <summary>The longest statement is a checkpoint vote: 2 + 1 + 8 + 3 × 32 = 107 bytes.</summary>
    public const int MaxStatementBytes = 128;

    /// <summary>
    /// The longest message is a proposal of a new view: a block of 1,024 × 32 + 250 bytes, 100 view-change votes of 103
    /// bytes, 100 prepare votes of 66 bytes: 50 KB, rounded up to 64 KiB.
    /// </summary>
    public const int MaxSignedMessageBytes = 64 * 1024;

    /// <summary>Views of which one sender's prepares, and its commits, are kept: its highest ones.</summary>
    public const int MaxVotedViews = 4;

    /// <summary>Kept blocks of the height in progress: accepted, locked, decided, and a few older ones.</summary>
    public const int MaxKnownBlocks = 8;

    /// <summary>Checkpoint votes of one sender that are kept: a periodic one and an idle one.</summary>
    public const int MaxCheckpointVotesPerSender = 2;

    /// <summary>Heights whose own state is kept, to be compared with a quorum's: 128 × 104 bytes = 13 KB.</summary>
    public const int MaxRecentRoots = 128;

    /// <summary>
    /// PoW: blocks above the last final one, side branches included: four times the deepest k. At 33 KB each they take
    /// 8 MB; those of an ordinary market some 100 KB.
    /// </summary>
    public const int MaxTreeBlocks = 256;

    /// <summary>PoW: blocks of one miner whose parent is not known: 100 miners × 4 × 33 KB = 13 MB.</summary>
    public const int MaxOrphansPerMiner = 4;

    /// <summary>PoW: how far above the last final block a block may be to be kept at all: twice the deepest k.</summary>
    public const int MaxBlocksAhead = 128;

    /// <summary>PoW: final blocks that are remembered to find where a fork began: 16,384 × 80 bytes = 1.3 MB.</summary>
    public const int MaxFinalsKept = 16_384;
}
