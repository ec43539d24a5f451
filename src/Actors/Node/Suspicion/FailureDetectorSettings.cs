using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// The phi accrual failure detector (Hayashibara et al., "The φ Accrual Failure Detector", SRDS 2004), with the words
/// and defaults of <c>akka.cluster.failure-detector</c>.
/// </summary>
public sealed record FailureDetectorSettings
{
    /// <summary>Between two heartbeats of a link; the first estimate, before there are samples.</summary>
    public Duration HeartbeatInterval { get; init; } = Duration.FromSeconds(1);

    /// <summary>The phi from which a peer counts as silent; phi 8 is wrong once in 10^8 intervals.</summary>
    public double Threshold { get; init; } = 8.0;

    /// <summary>Silence on top of the usual interval that raises no suspicion: a pause of the other process.</summary>
    public Duration AcceptablePause { get; init; } = Duration.FromSeconds(3);

    /// <summary>Intervals that are remembered.</summary>
    public int MaxSamples { get; init; } = 1_000;

    /// <summary>The least spread: very regular heartbeats must not make a millisecond suspicious.</summary>
    public Duration MinDeviation { get; init; } = Duration.FromMillis(100);
}
