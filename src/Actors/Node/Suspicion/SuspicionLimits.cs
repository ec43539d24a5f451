using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>From when on something is suspicious, and how much is kept to tell.</summary>
public static class SuspicionLimits
{
    /// <summary>Heights whose votes are awaited before they are judged: late ones still count as late, not missed.
    /// </summary>
    public const long HeightsAwaited = 2;

    /// <summary>Heights whose votes are kept: those awaited, the one in progress, and one ahead.</summary>
    public const int KeptHeights = 4;

    /// <summary>A new sample counts for an eighth: about the last 16 count.</summary>
    public const int Smoothing = 8;

    /// <summary>Thousandths of the votes missed lately: every other one.</summary>
    public const int MissedPermille = 500;

    /// <summary>
    /// Proposals of one proposer that a batch may have been left out of while the blocks had room: honest proposers
    /// miss what is spread while they propose, and that is one or two.
    /// </summary>
    public const int PassedOver = 8;

    /// <summary>
    /// A batch that is passed over for so long is reason for another leader: who lacks a batch has heard of it by then,
    /// as it is announced after one to two seconds (<see cref="NodeTimings.AnnounceInterval"/>).
    /// </summary>
    public static readonly Duration Overdue = Duration.FromSeconds(3);

    /// <summary>Waiting batches of which it is counted who passed them over: the oldest ones.</summary>
    public const int WatchedBatches = 64;

    /// <summary>
    /// Client links and refused strangers of one address from which it is suspicious: a gateway has a few.
    /// </summary>
    public const int LinksPerAddress = 16;

    /// <summary>Addresses that are counted; of more, the least conspicuous are forgotten.</summary>
    public const int MaxAddresses = 1_024;

    /// <summary>Blocks that are remembered as seen: eight heights with a few views each.</summary>
    public const int SeenBlocks = 64;

    /// <summary>Points of silence by phi, or without a link: nothing can be had from such a peer.</summary>
    public const int SilentPoints = 8;

    /// <summary>Points for missed votes and for passing batches over.</summary>
    public const int FaultPoints = 4;

    /// <summary>Points for being late, for a wrong clock.</summary>
    public const int SlowPoints = 2;

    /// <summary>A point for a claim that was not seen: often the message was lost.</summary>
    public const int ClaimPoints = 1;

    /// <summary>Behind the median of the others: far above the spread of links around the world.</summary>
    public static readonly Duration Late = Duration.FromMillis(500);

    /// <summary>A proposal's time against the own clock, less the way: NTP keeps within 0.1 s.</summary>
    public static readonly Duration Skew = Duration.FromSeconds(1);

    /// <summary>Between two looks at who is the least suspected.</summary>
    public static readonly Duration Look = Duration.FromSeconds(1);

    /// <summary>After this long half of what was counted is forgotten.</summary>
    public static readonly Duration HalfLife = Duration.FromSeconds(60);
}
