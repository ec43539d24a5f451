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
    /// <summary>Most often a vote of each of two kinds; a log per validator and height is kept by each node.</summary>
    private Entry[] _entries = new Entry[2];
    private int _count;
    private List<(EvidenceKind Kind, View View)>? _accused;

    public ReadOnlySpan<Entry> Entries => _entries.AsSpan(0, _count);

    public View HighestView { get; private set; }

    public bool IsAccused => _accused is not null;

    public bool IsEmpty => _count == 0;

    public void Clear()
    {
        Array.Clear(_entries, 0, _count);
        _count = 0;
        _accused = null;
        HighestView = View.Zero;
    }

    public Entry? Find(byte tag, View view)
    {
        foreach (Entry entry in Entries)
        {
            if (entry.Tag == tag && entry.View == view)
            {
                return entry;
            }
        }

        return null;
    }

    public bool IsOverfull => _count > Limits.MaxWatchedStatements;

    public void Add(Entry entry)
    {
        HighestView = entry.Promise.View > HighestView ? entry.Promise.View : HighestView;
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _count);
        }

        _entries[_count++] = entry;
    }

    /// <param name="reached">A view in which an honest validator was: what is furthest from it goes.</param>
    public void Drop(View reached)
    {
        // E12
        int victim = 0;
        for (int i = 1; i < _count; i++)
        {
            victim = Distance(_entries[i], reached) > Distance(_entries[victim], reached) ? i : victim;
        }

        _count--;
        Array.Copy(_entries, victim + 1, _entries, victim, _count - victim);
        _entries[_count] = default;
    }

    /// <returns>False when this offence was noted before.</returns>
    public bool NoteOffence(FaultEvidence evidence)
    {
        _accused ??= [];
        if (_accused.Contains((evidence.Kind, evidence.View)) || _accused.Count == Limits.MaxOffencesPerHeight)
        {
            return false;
        }

        _accused.Add((evidence.Kind, evidence.View));
        return true;
    }

    private static int Distance(Entry entry, View reached) => Math.Abs(entry.Promise.View.Value - reached.Value);

    internal readonly struct Entry(ReadStatement statement, SignedStatement signed)
    {
        public ReadStatement Statement => statement;

        public SignedStatement Signed => signed;

        public Promise Promise => statement.Promise;

        /// <summary>Beside the reference, as the logs are searched for each statement that a peer tells of.</summary>
        public byte Tag { get; } = statement.Promise.Tag;

        public View View { get; } = statement.Promise.View;

        public Hash32 Digest => statement.Digest;
    }
}
