using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>Every bound of consensus, with the arithmetic behind it.</summary>
internal static class Limits
{
    /// <summary>2^30 views of a chain, or rounds of a height: at one each second that is 34 years.</summary>
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

    /// <summary>
    /// Heights ahead for which a standing is written: 64 × some 500 bytes of records wait to be deleted.
    /// </summary>
    public const int StandingHeights = 64;

    /// <summary>
    /// No time-out is longer, however often a cluster failed: a network slower than this is none.
    /// </summary>
    public static readonly Duration MaxTimeout = Duration.FromSeconds(30);

    /// <summary>
    /// PoW: blocks above the last final one, side branches included: four times the deepest k. At 33 KB each they take
    /// 8 MB; those of an ordinary market some 100 KB.
    /// </summary>
    public const int MaxTreeBlocks = 256;

    /// <summary>PoW: blocks of one miner whose parent is not known: 100 miners × 4 × 33 KB = 13 MB.</summary>
    public const int MaxOrphansPerMiner = 4;

    /// <summary>PoW: how far above the last final block a block may be to be kept: twice the deepest k.</summary>
    public const int MaxBlocksAhead = 128;

    /// <summary>PoW: final blocks that are remembered to find where a fork began: 16,384 × 80 bytes = 1.3 MB.</summary>
    public const int MaxFinalsKept = 16_384;

    /// <summary>
    /// Heights below the next one whose statements a sentinel remembers. At 100 validators, two votes of some 250 bytes
    /// each: 64 × 100 × 500 = 3.2 MB. Liars can fill their own places only: 33 × 64 × 64 × 250 bytes = 34 MB.
    /// </summary>
    public const int WatchedHeights = 64;

    /// <summary>Heights above the next one that a sentinel remembers statements of: a node may lag a little.</summary>
    public const int WatchedHeightsAhead = 4;

    /// <summary>Statements of one validator at one height: three or four in each of some 16 views.</summary>
    public const int MaxWatchedStatements = 64;

    /// <summary>Blocks proposed at one height that are remembered, to name who proposed a bad batch.</summary>
    public const int MaxWatchedProposals = 8;

    /// <summary>Accusations of one validator at one height; one would do.</summary>
    public const int MaxOffencesPerHeight = 4;

    /// <summary>Accusations at one height that wait for its validator set: one for each validator.</summary>
    public const int MaxWaitingEvidence = Ledger.Limits.MaxValidators;

    /// <summary>Gossip rounds in which a digest is told, each time to other watchers: a frame may be lost.</summary>
    public const int DigestTellings = 2;

    /// <summary>Heights whose digests are told to the same watchers: at 80 blocks a second, one gossip round.</summary>
    public const int HeightsWatchedTogether = 16;

    /// <summary>
    /// Groups of equal digests in one frame. In a quiet height there are three; 512 × 62 bytes = 32 KB.
    /// </summary>
    public const int MaxDigestGroups = 512;

    /// <summary>Statements asked for, or answered with, in one frame: 64 × 120 bytes = 8 KB.</summary>
    public const int MaxStatementsPerFrame = 64;

    /// <summary>Frames of one peer that are answered, and requests sent to it, in one gossip round: checking
    /// 2 × 64 signatures at 60 µs each costs 8 ms.</summary>
    public const int MaxGossipFrames = 2;

    /// <summary>Frames of digests of one gossip round; what does not fit is told in the next one.</summary>
    public const int MaxDigestFrames = 4;
}
