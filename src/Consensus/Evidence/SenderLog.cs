using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// What one validator promised at one height: of each kind and view the first statement. A full log gives up what is
/// furthest from the view that the network has reached, so that a liar's made-up views do not hide its
/// votes in real ones. A struct, as those of a height lie together then: each vote of each validator looks here.
/// </summary>
internal struct SenderLog
{
    /// <summary>Most often a vote of each of two kinds; a log per validator and height is kept by each node.</summary>
    private Pair _first;

    /// <summary>All of them, once there are more.</summary>
    private Entry[]? _all;
    private int _count;
    private List<(EvidenceKind Kind, View View)>? _accused;

    [UnscopedRef]
    public ReadOnlySpan<Entry> Entries => Places[.._count];

    public View HighestView { get; private set; }

    public readonly bool IsAccused => _accused is not null;

    public readonly bool IsEmpty => _count == 0;

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

    public readonly bool IsOverfull => _count > Limits.MaxWatchedStatements;

    public void Add(Entry entry)
    {
        HighestView = entry.Promise.View > HighestView ? entry.Promise.View : HighestView;
        if (_count == Places.Length)
        {
            Entry[] more = new Entry[2 * _count];
            Places.CopyTo(more);
            _all = more;
        }

        Places[_count++] = entry;
    }

    /// <param name="reached">A view in which an honest validator was: what is furthest from it goes.</param>
    public void Drop(View reached)
    {
        // E12
        Span<Entry> entries = Places[.._count];
        int victim = 0;
        for (int i = 1; i < entries.Length; i++)
        {
            victim = Distance(entries[i], reached) > Distance(entries[victim], reached) ? i : victim;
        }

        entries[(victim + 1)..].CopyTo(entries[victim..]);
        entries[^1] = default;
        _count--;
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

    [UnscopedRef]
    private Span<Entry> Places => _all is null ? _first : _all;

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

    [InlineArray(2)]
    private struct Pair
    {
        private Entry _first;
    }
}
