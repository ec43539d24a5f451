using System.Collections.Generic;

namespace EnergyNode.Simulation;

/// <summary>Whom the journal of one honest node convicts, together with one certificate of the other chain.</summary>
/// <param name="Node">Whose journal it is, by index.</param>
/// <param name="IsFar">It is one of those to whom the liars showed the other chain.</param>
/// <param name="IsEarlier">Its block was decided in an earlier view than the other one.</param>
/// <param name="Culprits">Indexes of validators, rising.</param>
/// <param name="IsEnough">The inquiry says that it explains the fork.</param>
public sealed record Testimony(int Node, bool IsFar, bool IsEarlier, IReadOnlyList<int> Culprits, bool IsEnough);
