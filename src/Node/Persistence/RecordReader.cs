using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// Reads records page by page on a connection of its own and checks the chain of checksums. Between pages no read
/// transaction is open, so a slow consumer never holds up the writer's checkpoints. Not thread safe.
/// </summary>
internal sealed class RecordReader : IDisposable
{
    private const int MaxPageRecords = 256;
    private const long MaxPageBytes = 1L << 20;

    private readonly SqliteDatabase _database;
    private readonly string _path;
    private readonly RecordChecksum _checksum = new();
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _records;
    private readonly SqliteStatement _mark;
    private readonly SqliteStatement _checksumOf;

    public RecordReader(SqliteDatabase database, string path)
    {
        _database = database;
        _path = path;
        _begin = database.Prepare("BEGIN");
        _end = database.Prepare("COMMIT");
        _records = database.Prepare(
            $"SELECT {StoredRecord.Columns} FROM journal WHERE persistence_id = ? AND sequence_number BETWEEN ? AND ? "
            + "ORDER BY sequence_number");
        _mark = database.Prepare("SELECT value FROM metadata WHERE key = ?");
        _checksumOf = database.Prepare(
            "SELECT checksum FROM journal WHERE persistence_id = ? AND sequence_number = ?");
    }

    /// <summary>Reads the next records at <paramref name="position"/> and moves it behind them.</summary>
    /// <param name="position">Where to go on; <see cref="ReadPosition.Start"/> at first.</param>
    /// <param name="lastSequenceNumber">The last wanted one; every record up to it was written.</param>
    /// <param name="page">Cleared and filled; empty at the end.</param>
    /// <exception cref="JournalCorruptException">A record is damaged or missing.</exception>
    public void ReadPage(ref ReadPosition position, long lastSequenceNumber, List<JournalRecord> page)
    {
        page.Clear();
        _begin.Run();
        try
        {
            position = Locate(position, lastSequenceNumber);
            if (position.Next <= lastSequenceNumber)
            {
                Fill(ref position, lastSequenceNumber, page);
            }
        }
        finally
        {
            _records.Reset();
            _end.Run();
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _end.Dispose();
        _records.Dispose();
        _mark.Dispose();
        _checksumOf.Dispose();
        _checksum.Dispose();
        _database.Dispose();
    }

    /// <summary>Skips what was deleted before the reading began, and finds the checksum to build on.</summary>
    private ReadPosition Locate(ReadPosition position, long lastSequenceNumber)
    {
        DeletedMark mark = ReadMark(position.PersistenceId);
        if (position.Previous is not null)
        {
            return mark.SequenceNumber < position.Next
                ? position
                : throw new InvalidOperationException(
                    $"{position.PersistenceId}/{position.Next} was deleted while it was being read.");
        }

        long first = Math.Max(position.Next, mark.SequenceNumber + 1);
        if (first > lastSequenceNumber)
        {
            return position with { Next = first };
        }

        Hash32 previous = first == mark.SequenceNumber + 1
            ? mark.Checksum
            : ReadChecksum(position.PersistenceId, first - 1);
        return position with { Next = first, Previous = previous };
    }

    private void Fill(ref ReadPosition position, long lastSequenceNumber, List<JournalRecord> page)
    {
        Hash32 previous = position.Previous!.Value;
        long next = position.Next;
        long pageBytes = 0;
        _records.Bind(1, position.PersistenceId).Bind(2, next).Bind(3, lastSequenceNumber);
        while (next <= lastSequenceNumber && page.Count < MaxPageRecords && pageBytes < MaxPageBytes)
        {
            if (!_records.Step())
            {
                throw Corrupt(position.PersistenceId, next, "is missing");
            }

            StoredRecord stored = StoredRecord.Read(_records);
            if (stored.Fault is not null)
            {
                throw Corrupt(position.PersistenceId, next, $"is damaged: {stored.Fault}");
            }

            if (stored.Record.SequenceNumber != next)
            {
                throw Corrupt(position.PersistenceId, next, "is missing");
            }

            if (_checksum.Of(previous, stored.Ordering, stored.Record) != stored.Checksum)
            {
                throw Corrupt(position.PersistenceId, next, "or the one before it is damaged: the checksum is wrong");
            }

            page.Add(stored.Record);
            pageBytes += stored.Record.Payload.Length;
            previous = stored.Checksum;
            next++;
        }

        position = position with { Next = next, Previous = previous };
    }

    private DeletedMark ReadMark(string persistenceId)
    {
        try
        {
            if (!_mark.Bind(1, DeletedMark.KeyOf(persistenceId)).Step())
            {
                return DeletedMark.None;
            }

            return DeletedMark.TryParse(persistenceId, _mark.Text(0), out DeletedMark mark)
                ? mark
                : throw new JournalCorruptException(
                    $"{_path}: the mark of {persistenceId}'s deleted records is damaged");
        }
        finally
        {
            _mark.Reset();
        }
    }

    private Hash32 ReadChecksum(string persistenceId, long sequenceNumber)
    {
        try
        {
            return _checksumOf.Bind(1, persistenceId).Bind(2, sequenceNumber).Step()
                && _checksumOf.Bytes(0).Length == Hash32.Size
                    ? new Hash32(_checksumOf.Bytes(0))
                    : throw Corrupt(persistenceId, sequenceNumber, "is missing or damaged");
        }
        finally
        {
            _checksumOf.Reset();
        }
    }

    private JournalCorruptException Corrupt(string persistenceId, long sequenceNumber, string what) =>
        new($"{_path}: record {persistenceId}/{sequenceNumber} {what}");
}
