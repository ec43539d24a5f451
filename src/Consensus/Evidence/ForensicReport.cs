using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>Who is proved to have lied, and what came of it.</summary>
/// <param name="Forks">Heights at which two different blocks have valid certificates.</param>
/// <param name="Culprits">By rising key, with one proof each.</param>
/// <param name="Needed">A fork takes at least so many liars: f + 1, or that share of the power.</param>
/// <param name="IsEnough">They are that many, or there is no fork.</param>
public sealed record ForensicReport(
    IReadOnlyList<Height> Forks, IReadOnlyList<FaultEvidence> Culprits, int Needed, bool IsEnough);
