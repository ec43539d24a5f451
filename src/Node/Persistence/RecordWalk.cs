using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// Walks all records in the order of writing and reports each that is damaged, missing or out of place.
/// </summary>
/// <param name="path">The journal, for messages.</param>
/// <param name="report">Told each finding.</param>
/// <param name="visit">Given each record that is as it was written, in the order of writing; null for nobody.</param>
internal sealed class RecordWalk(string path, Action<JournalFinding> report, Action<JournalRecord>? visit)
{
    private const long ProgressStep = 1_000;

    private readonly Dictionary<string, Link> _links = new(StringComparer.Ordinal);

    public long RecordsChecked { get; private set; }

    public void Run(SqliteDatabase database, IProgress<long>? progress)
    {
        foreach ((string persistenceId, DeletedMark mark) in JournalHeads.ReadMarks(database, path))
        {
            _links[persistenceId] = new Link(mark.SequenceNumber, mark.Checksum, mark.Checksum);
        }

        using RecordChecksum checksum = new();
        using SqliteStatement rows = database.Prepare(
            $"SELECT {StoredRecord.Columns} FROM journal NOT INDEXED ORDER BY ordering");
        while (rows.Step())
        {
            Check(StoredRecord.Read(rows), checksum);
            if (++RecordsChecked % ProgressStep == 0)
            {
                progress?.Report(RecordsChecked);
            }
        }

        CheckEnds(database);
        progress?.Report(RecordsChecked);
    }

    private void Check(StoredRecord stored, RecordChecksum checksum)
    {
        string persistenceId = stored.Record.PersistenceId;
        long sequenceNumber = stored.Record.SequenceNumber;
        Link link = _links.GetValueOrDefault(persistenceId);
        if (sequenceNumber != link.SequenceNumber + 1)
        {
            Report(stored, $"it follows {link.SequenceNumber}: records are missing or out of order");
            _links[persistenceId] = new Link(sequenceNumber, stored.Checksum, stored.Checksum);
            return;
        }

        // A damaged checksum column must not make its successor look damaged, too, so both candidates are tried.
        Hash32 computed = checksum.Of(link.Stored, stored.Ordering, stored.Record);
        if (computed != stored.Checksum && link.Computed != link.Stored)
        {
            Hash32 repaired = checksum.Of(link.Computed, stored.Ordering, stored.Record);
            computed = repaired == stored.Checksum ? repaired : computed;
        }

        if (stored.Fault is not null)
        {
            Report(stored, stored.Fault);
        }
        else if (computed != stored.Checksum)
        {
            Report(stored, "the checksum is wrong: the record is damaged, or does not belong after the one before it");
        }
        else
        {
            visit?.Invoke(stored.Record);
        }

        _links[persistenceId] = new Link(sequenceNumber, stored.Checksum, computed);
    }

    private void CheckEnds(SqliteDatabase database)
    {
        Int128 sum = 0;
        foreach (Link link in _links.Values)
        {
            sum += link.SequenceNumber;
        }

        long clamped = (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);
        if (JournalHeads.FindMissing(clamped, JournalHeads.ReadLastOrdering(database)) is { } missing)
        {
            report(JournalFinding.OfFile($"{path}: {missing}"));
        }
    }

    private void Report(StoredRecord stored, string what) =>
        report(new JournalFinding(stored.Record.PersistenceId, stored.Record.SequenceNumber, what));

    /// <summary>The last record of one persistence id: its checksum as stored, and as its columns have it.</summary>
    private readonly record struct Link(long SequenceNumber, Hash32 Stored, Hash32 Computed);
}
