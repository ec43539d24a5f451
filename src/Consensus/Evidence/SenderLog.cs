using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// What one validator promised at one height: of each kind and view the first statement. A full log gives up what is
/// furthest from the view that the network has reached, so that a liar's made-up views do not hide its
/// votes in real ones.
/// </summary>
internal sealed class SenderLog
{
    private readonly List<Entry> _entries = new(2);
    private readonly List<(EvidenceKind Kind, View View)> _accused = [];

    public IReadOnlyList<Entry> Entries => _entries;

    public View HighestView { get; private set; }

    public bool IsAccused => _accused.Count > 0;

    public Entry? Find(byte tag, View view)
    {
        foreach (Entry entry in _entries)
        {
            if (entry.Promise.Tag == tag && entry.Promise.View == view)
            {
                return entry;
            }
        }

        return null;
    }

    public bool IsOverfull => _entries.Count > Limits.MaxWatchedStatements;

    public void Add(Entry entry)
    {
        HighestView = entry.Promise.View > HighestView ? entry.Promise.View : HighestView;
        _entries.Add(entry);
    }

    /// <param name="reached">A view in which an honest validator was: what is furthest from it goes.</param>
    public void Drop(View reached)
    {
        // E12
        int victim = 0;
        for (int i = 1; i < _entries.Count; i++)
        {
            victim = Distance(_entries[i], reached) > Distance(_entries[victim], reached) ? i : victim;
        }

        _entries.RemoveAt(victim);
    }

    /// <returns>False when this offence was noted before.</returns>
    public bool NoteOffence(FaultEvidence evidence)
    {
        if (_accused.Contains((evidence.Kind, evidence.View)) || _accused.Count == Limits.MaxOffencesPerHeight)
        {
            return false;
        }

        _accused.Add((evidence.Kind, evidence.View));
        return true;
    }

    private static int Distance(Entry entry, View reached) => Math.Abs(entry.Promise.View.Value - reached.Value);

    /// <param name="Digest">The statement's SHA-256: a shorter one could be made to collide.</param>
    internal sealed record Entry(Promise Promise, SignedStatement Signed, Hash32 Digest);
}
