using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>How patient the node's actors are.</summary>
public sealed record NodeTimings
{
    /// <summary>Between two requests for batches that a proposal needs.</summary>
    public Duration PullInterval { get; init; } = Duration.FromMillis(100);

    /// <summary>
    /// Between the turns of two validators to spread a client's batch. With links of 1 to 5 ms what the first one
    /// spreads is everywhere 10 ms after the client sent it, and the sixth one's turn comes after 1 + 5 × 2 = 11 ms.
    /// </summary>
    public Duration SpreadStep { get; init; } = Duration.FromMillis(2);

    /// <summary>
    /// Nobody waits longer for its turn: at N = 100 the first 25 have turns of their own, and the others spread after
    /// 25 × 2 ms what none of these did.
    /// </summary>
    public Duration MaxSpreadDelay { get; init; } = Duration.FromMillis(50);

    /// <summary>Between two announcements of clients' batches that still wait.</summary>
    public Duration AnnounceInterval { get; init; } = Duration.FromMillis(1_000);

    /// <summary>Between two requests for the same missing blocks.</summary>
    public Duration SyncRetry { get; init; } = Duration.FromMillis(500);

    /// <summary>Between two rounds of gossip about votes.</summary>
    public Duration SentinelInterval { get; init; } = Duration.FromMillis(200);

    /// <summary>When the silence of a peer is suspicious.</summary>
    public FailureDetectorSettings FailureDetector { get; init; } = new();

    /// <summary>How often an observer asks a validator for new blocks.</summary>
    public Duration FollowInterval { get; init; } = Duration.FromMillis(500);
}
