using System;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// The writing side of the journal: transactions of inserted and deleted records, and the chain of checksums. After a
/// failed transaction it must not be used again. Not thread safe.
/// </summary>
internal sealed class JournalStore : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly RecordChecksum _checksum = new();
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _checksumOf;
    private readonly SqliteStatement _mark;
    private readonly SqliteStatement _delete;

    public JournalStore(SqliteDatabase database, JournalHeads heads)
    {
        _database = database;
        Heads = heads;
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _insert = database.Prepare(
            $"INSERT INTO journal({StoredRecord.Columns}) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
        _checksumOf = database.Prepare(
            "SELECT checksum FROM journal WHERE persistence_id = ? AND sequence_number = ?");
        _mark = database.Prepare("INSERT OR REPLACE INTO metadata(key, value) VALUES(?, ?)");
        _delete = database.Prepare("DELETE FROM journal WHERE persistence_id = ? AND sequence_number <= ?");
    }

    public JournalHeads Heads { get; }

    public void Begin() => _begin.Run();

    /// <summary>Returns when the transaction is durable.</summary>
    public void Commit() => _commit.Run();

    public void Insert(JournalRecord record)
    {
        JournalHead head = Heads[record.PersistenceId];
        if (record.SequenceNumber != head.Highest + 1)
        {
            throw new InvalidOperationException(
                $"{record.PersistenceId}/{record.SequenceNumber} does not follow {head.Highest}.");
        }

        long ordering = Heads.TakeOrdering();
        Hash32 checksum = _checksum.Of(head.Checksum, ordering, record);
        Span<byte> checksumBytes = stackalloc byte[Hash32.Size];
        checksum.CopyTo(checksumBytes);
        _insert
            .Bind(1, ordering)
            .Bind(2, record.PersistenceId)
            .Bind(3, record.SequenceNumber)
            .Bind(4, record.Created.Micros)
            .Bind(5, record.Manifest)
            .Bind(6, record.Payload)
            .Bind(7, record.Tags)
            .Bind(8, checksumBytes)
            .Run();
        Heads.Set(record.PersistenceId, head with { Highest = record.SequenceNumber, Checksum = checksum });
    }

    /// <summary>Deletes up to a sequence number, or all there is when it is beyond the end.</summary>
    public void DeleteTo(string persistenceId, long sequenceNumber)
    {
        JournalHead head = Heads[persistenceId];
        long last = Math.Min(sequenceNumber, head.Highest);
        if (last <= head.Deleted.SequenceNumber)
        {
            return;
        }

        DeletedMark mark = new(last, last == head.Highest ? head.Checksum : ReadChecksum(persistenceId, last));
        _mark.Bind(1, DeletedMark.KeyOf(persistenceId)).Bind(2, mark.Render(persistenceId)).Run();
        _delete.Bind(1, persistenceId).Bind(2, last).Run();
        Heads.Set(persistenceId, head with { Deleted = mark });
    }

    /// <summary>Moves everything into the main file, so that closing leaves nothing beside it.</summary>
    public void Checkpoint()
    {
        _database.Execute("PRAGMA incremental_vacuum");
        _database.CheckpointAndTruncate();
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _insert.Dispose();
        _checksumOf.Dispose();
        _mark.Dispose();
        _delete.Dispose();
        _checksum.Dispose();
        _database.Dispose();
    }

    private Hash32 ReadChecksum(string persistenceId, long sequenceNumber)
    {
        try
        {
            return _checksumOf.Bind(1, persistenceId).Bind(2, sequenceNumber).Step()
                && _checksumOf.Bytes(0).Length == Hash32.Size
                    ? new Hash32(_checksumOf.Bytes(0))
                    : throw new JournalCorruptException(
                        $"record {persistenceId}/{sequenceNumber} is missing or damaged");
        }
        finally
        {
            _checksumOf.Reset();
        }
    }
}
