using EnergyNode.Consensus;

namespace EnergyNode.Actors.Node;

/// <summary>The consensus actor's answer to <see cref="AskConsensus"/>.</summary>
/// <param name="Status">Null while the journal is being replayed.</param>
/// <param name="Checkpoint">The last checkpoint certificate, null before the first of this life.</param>
public sealed record ConsensusReport(
    ConsensusStatus? Status, ChainHead? Head, CheckpointCertificate? Checkpoint, long RefusedMessages, bool IsDurable)
{
    /// <summary>Under proof of work: how often the heaviest chain left blocks behind, none final.</summary>
    public long Reorganisations { get; init; }
}
