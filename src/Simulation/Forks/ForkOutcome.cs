using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>What came of a fork that was made on purpose.</summary>
/// <param name="Height">The lowest at which two honest nodes have different blocks; null when there is none.</param>
/// <param name="IsLater">The second block was decided in a later view; else both in one view.</param>
/// <param name="Liars">By rising index.</param>
/// <param name="Needed">f + 1.</param>
/// <param name="Testimonies">Of all honest nodes that have decided the height of the fork.</param>
/// <param name="Violations">What the checkers found; a fork itself, and that nothing went on, are none here.</param>
public sealed record ForkOutcome(
    ForkOptions Options,
    Height? Height,
    bool IsLater,
    IReadOnlyList<int> Liars,
    int Needed,
    IReadOnlyList<Testimony> Testimonies,
    IReadOnlyList<Violation> Violations)
{
    /// <summary>By index of the honest node: what its disk has for an inquiry.</summary>
    internal IReadOnlyDictionary<int, IReadOnlyList<JournalRecord>> Journals { get; init; } =
        new Dictionary<int, IReadOnlyList<JournalRecord>>();

    /// <summary>How far the nodes came, where not all that was submitted got done.</summary>
    public required string Ending { get; init; }

    /// <summary>What the chain started from.</summary>
    public required GenesisBlock Genesis { get; init; }

    /// <summary>Checks what the simulated validators signed.</summary>
    public required ISignatureVerifier Signatures { get; init; }

    /// <summary>Some testimony names somebody who never lied.</summary>
    public bool NamesHonest => Testimonies.Any(said => said.Culprits.Except(Liars).Any());

    /// <summary>
    /// Those who must know name at least f + 1: all where both blocks were decided in one view, and whoever was in the
    /// later view else.
    /// </summary>
    public bool IsExplained => Testimonies.Count > 0
        && Testimonies.All(said => (IsLater && said.IsEarlier) || (said.IsEnough && said.Culprits.Count >= Needed));

    /// <summary>There was a fork, it is explained, and nobody honest is named.</summary>
    public bool IsGood => Height is not null && IsExplained && !NamesHonest && Violations.Count == 0;
}
