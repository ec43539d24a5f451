using System.Collections.Generic;

namespace EnergyNode.Node.Persistence;

/// <summary>What the verification of a journal brought to light.</summary>
/// <param name="Identity">Whose journal it is; null when that cannot be read.</param>
/// <param name="RecordsChecked">How many records were walked.</param>
/// <param name="Findings">In file order; empty for a sound journal.</param>
/// <param name="MoreFindings">The list was cut because there were too many.</param>
public sealed record JournalReport(
    JournalIdentity? Identity, long RecordsChecked, IReadOnlyList<JournalFinding> Findings, bool MoreFindings)
{
    public bool IsSound => Findings.Count == 0;

    /// <summary>
    /// Why the end of the log is ignored: a crash cut short a transaction that nobody was told of. No finding, since a
    /// sound journal looks so after a crash; null after a clean stop.
    /// </summary>
    public string? TornEnd { get; init; }
}
