using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What sentinels did in one simulation.</summary>
/// <param name="Committed">Offences that the ledger has the proof of.</param>
/// <param name="ProvableFaults">
/// Offences of which both halves reached honest validators, as one who sees every delivery counts them.
/// </param>
/// <param name="FalseAccusations">Of validators that never lied: each is a violation.</param>
/// <param name="MaxDetection">
/// The longest time from then to the first accusation of the same validator; null when there was none.
/// </param>
/// <param name="MaxIsolation">
/// The longest time from a node's execution of the proof until it cut the link; null when there was none.
/// </param>
/// <param name="MaxCommitRounds">
/// The most decided blocks of honest proposers who held a proof against a liar, and had executed its height, until one
/// was on the ledger, that block included: 1 when the first of them brought it, 0 when somebody else was quicker; null
/// when none was committed.
/// </param>
public sealed record EvidenceReport(
    int Committed,
    int ProvableFaults,
    int FalseAccusations,
    Duration? MaxDetection,
    Duration? MaxIsolation,
    int? MaxCommitRounds)
{
    public static readonly EvidenceReport None = new(0, 0, 0, null, null, null);
}
