using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Counts, for each liar, the decided blocks of honest proposers that could have brought a proof of its lies when they
/// made them, until one of its offences is on the ledger, that block included. Further proofs are of no use then.
/// </summary>
internal sealed class CommitRounds
{
    private readonly SortedDictionary<PublicKey, int> _rounds = [];

    /// <summary>The lowest height of an offence that a node can prove.</summary>
    private readonly Dictionary<(int Node, PublicKey Culprit), Height> _held = [];
    private readonly Dictionary<Hash32, List<PublicKey>> _proposed = [];
    private readonly HashSet<PublicKey> _committed = [];

    /// <summary>The most that any liar got; null while none is on the ledger.</summary>
    public int? Most { get; private set; }

    /// <summary>Somebody holds a proof that is not on the ledger.</summary>
    public bool IsWaiting => _rounds.Count > 0;

    /// <summary>An honest node has a proof on its disk.</summary>
    /// <param name="offence">Its height.</param>
    public void OnHeld(int node, PublicKey culprit, Height offence)
    {
        if (_committed.Contains(culprit))
        {
            return;
        }

        _rounds.TryAdd(culprit, 0);
        if (!_held.TryGetValue((node, culprit), out Height lowest) || offence < lowest)
        {
            _held[(node, culprit)] = offence;
        }
    }

    /// <summary>A node has lost its disk.</summary>
    public void OnLost(int node)
    {
        foreach (PublicKey culprit in _rounds.Keys)
        {
            _held.Remove((node, culprit));
        }
    }

    /// <summary>An honest node makes a block, which it proposes when its promise is on its disk.</summary>
    /// <param name="executed">The height that it has executed: evidence of a higher one is not accepted yet, however
    /// many heights are in flight.</param>
    public void OnMade(int node, Height executed, Hash32 block)
    {
        if (_proposed.ContainsKey(block))
        {
            return;
        }

        List<PublicKey> known = [];
        foreach (PublicKey culprit in _rounds.Keys)
        {
            if (_held.TryGetValue((node, culprit), out Height lowest) && lowest <= executed)
            {
                known.Add(culprit);
            }
        }

        _proposed.Add(block, known);
    }

    /// <summary>A block is decided for the first time.</summary>
    /// <param name="offences">What it proves.</param>
    public void OnDecided(Hash32 block, IReadOnlyList<Offence> offences)
    {
        foreach (PublicKey culprit in _proposed.GetValueOrDefault(block) ?? [])
        {
            if (_rounds.TryGetValue(culprit, out int rounds))
            {
                _rounds[culprit] = rounds + 1;
            }
        }

        foreach (Offence offence in offences)
        {
            if (_committed.Add(offence.Culprit))
            {
                _rounds.Remove(offence.Culprit, out int rounds);
                Most = Math.Max(rounds, Most ?? 0);
            }
        }
    }
}
