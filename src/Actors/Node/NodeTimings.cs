using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>How patient the node's actors are.</summary>
public sealed record NodeTimings
{
    /// <summary>Between two requests for batches that a proposal needs.</summary>
    public Duration PullInterval { get; init; } = Duration.FromMillis(100);

    /// <summary>Between two announcements of own batches that still wait.</summary>
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
