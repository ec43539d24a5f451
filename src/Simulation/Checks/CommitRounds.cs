using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Counts, for each liar, the decided blocks of honest proposers that could have brought a proof of its lies when they
/// made them, until one of its offences is on the ledger, that block included. Further proofs are of no use then. A
/// block is made before it is seen: first its proposer's promise has to be on a disk, which may be slow.
/// </summary>
internal sealed class CommitRounds
{
    private readonly SortedDictionary<PublicKey, int> _rounds = [];
    private readonly Dictionary<(int Node, PublicKey Culprit), List<(Height Offence, Instant Since)>> _held = [];
    private readonly Dictionary<Hash32, List<PublicKey>> _proposed = [];
    private readonly HashSet<PublicKey> _committed = [];

    /// <summary>The most that any liar got; null while none is on the ledger.</summary>
    public int? Most { get; private set; }

    /// <summary>Somebody holds a proof that is not on the ledger.</summary>
    public bool IsWaiting => _rounds.Count > 0;

    /// <summary>An honest node has a proof on its disk.</summary>
    /// <param name="height">Of the offence.</param>
    /// <param name="since">By the node's clock.</param>
    public void OnHeld(int node, PublicKey culprit, Height height, Instant since)
    {
        if (_committed.Contains(culprit))
        {
            return;
        }

        _rounds.TryAdd(culprit, 0);
        if (!_held.TryGetValue((node, culprit), out List<(Height Offence, Instant Since)>? proofs))
        {
            proofs = [];
            _held.Add((node, culprit), proofs);
        }

        proofs.Add((height, since));
    }

    /// <summary>A node begins another life, perhaps with another clock: what it holds it has held before.</summary>
    public void OnStarted(int node)
    {
        foreach (PublicKey culprit in _rounds.Keys)
        {
            if (_held.TryGetValue((node, culprit), out List<(Height Offence, Instant Since)>? proofs))
            {
                _held[(node, culprit)] = proofs.ConvertAll(proof => (proof.Offence, new Instant(long.MinValue)));
            }
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

    /// <summary>An honest node proposes a block of its own, which it made at the block's time by its clock.</summary>
    /// <param name="executed">The height that it has executed: evidence of a higher one is not accepted yet, however
    /// many heights are in flight.</param>
    public void OnProposed(int node, Height executed, Block block)
    {
        if (_proposed.ContainsKey(block.Hash))
        {
            return;
        }

        List<PublicKey> known = [];
        foreach (PublicKey culprit in _rounds.Keys)
        {
            if (_held.TryGetValue((node, culprit), out List<(Height Offence, Instant Since)>? proofs)
                && proofs.Exists(proof => proof.Offence <= executed && proof.Since <= block.Header.Time))
            {
                known.Add(culprit);
            }
        }

        _proposed.Add(block.Hash, known);
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
