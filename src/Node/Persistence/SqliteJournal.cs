using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using EnergyNode.Actors;
using EnergyNode.Actors.Ports;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Work;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// The node's journal in one SQLite file, <c>journal.db</c> (docs/spec/journal.md). One thread writes: it commits all
/// waiting appends in one transaction, so that one fsync serves many, and then answers them in order. Reading runs on a
/// second connection. Thread safe.
/// </summary>
public sealed class SqliteJournal : IJournal, IDisposable
{
    private readonly DirectoryLock _lock;
    private readonly JournalStore _store;
    private readonly RecordReader _reader;
    private readonly JournalQueue _queue;
    private readonly Thread _writer;
    private readonly object _acceptGate = new();
    private readonly object _readGate = new();
    private readonly Dictionary<string, long> _accepted;
    private readonly ConcurrentDictionary<string, long> _durable;
    private volatile string? _failure;
    private long _writerNanoseconds;
    private int _disposed;

    private SqliteJournal(
        DirectoryLock directoryLock, JournalStore store, RecordReader reader, JournalOptions options, string? warning)
    {
        _lock = directoryLock;
        _store = store;
        _reader = reader;
        _queue = new JournalQueue(options);
        _accepted = new Dictionary<string, long>(store.Heads.HighestSequenceNumbers, StringComparer.Ordinal);
        _durable = new ConcurrentDictionary<string, long>(store.Heads.HighestSequenceNumbers, StringComparer.Ordinal);
        OpeningWarning = warning;
        _writer = new Thread(Write) { Name = "journal writer", IsBackground = true };
        _writer.Start();
    }

    /// <summary>What was unusual about the journal when it was opened (one line), or null.</summary>
    public string? OpeningWarning { get; }

    /// <summary>Processor time of the thread that writes, in ns, up to the last commit.</summary>
    internal long WriterNanoseconds => Volatile.Read(ref _writerNanoseconds);

    public static bool Exists(string directory) => File.Exists(PathIn(directory));

    /// <summary>Makes a new journal in a directory, which is created when it is missing.</summary>
    /// <exception cref="JournalOpenException">There is a journal already, or the directory is in use.</exception>
    public static SqliteJournal Create(string directory, JournalIdentity identity, JournalOptions? options = null)
    {
        try
        {
            DirectoryInfo created = Directory.CreateDirectory(directory);
            PosixDirectory.Sync(created.Parent?.FullName ?? created.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalOpenException($"{directory}: cannot be created ({error.Message})", error);
        }

        return JournalOpening.Open(directory, identity, options ?? new JournalOptions(), create: true, Assemble);
    }

    /// <summary>Opens an existing journal, after a crash at exactly its last durable point.</summary>
    /// <exception cref="JournalOpenException">There is none, it is another node's, or it is in use.</exception>
    /// <exception cref="JournalCorruptException">It is damaged in a way that shows without reading it all.</exception>
    public static SqliteJournal Open(string directory, JournalIdentity identity, JournalOptions? options = null) =>
        JournalOpening.Open(directory, identity, options ?? new JournalOptions(), create: false, Assemble);

    /// <summary>
    /// Waits only when the queue is full (<see cref="JournalOptions.MaxWaitingAppends"/>). After a failure it answers
    /// <see cref="JournalFailed"/> at once.
    /// </summary>
    /// <exception cref="InvalidOperationException">A sequence number does not follow the one before: a bug.</exception>
    public void Append(IReadOnlyList<JournalRecord> records, IActorRef replyTo, long token)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        JournalWork.Append work = new([.. records], replyTo, token);
        lock (_acceptGate)
        {
            RequireNext(work.Records);

            // Counted even when the queue is closed: an actor that has not heard of the failure yet goes on numbering.
            foreach (JournalRecord record in work.Records)
            {
                _accepted[record.PersistenceId] = record.SequenceNumber;
            }

            if (_queue.TryAdd(work))
            {
                return;
            }
        }

        replyTo.Tell(new JournalFailed(token, _failure ?? "the journal is closed"));
    }

    public void DeleteTo(string persistenceId, long sequenceNumber)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        _ = _queue.TryAdd(new JournalWork.DeleteTo(persistenceId, sequenceNumber));
    }

    /// <summary>Reads durable records only, and only those that were durable when the enumeration began.</summary>
    public IEnumerable<JournalRecord> Read(string persistenceId, long fromSequenceNumber, long toSequenceNumber)
    {
        long last = Math.Min(toSequenceNumber, HighestSequenceNumber(persistenceId));
        ReadPosition position = ReadPosition.Start(persistenceId, fromSequenceNumber);
        List<JournalRecord> page = [];
        while (position.Next <= last)
        {
            lock (_readGate)
            {
                ObjectDisposedException.ThrowIf(_disposed != 0, this);
                _reader.ReadPage(ref position, last, page);
            }

            foreach (JournalRecord record in page)
            {
                yield return record;
            }
        }
    }

    /// <summary>Durable records only; deleted ones count.</summary>
    public long HighestSequenceNumber(string persistenceId) => _durable.GetValueOrDefault(persistenceId);

    /// <summary>Writes what waits, moves the write-ahead log into the main file and leaves only that.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _queue.Close();
        _writer.Join();
        lock (_readGate)
        {
            _reader.Dispose();
        }

        if (_failure is null)
        {
            TryCheckpoint();
        }

        _store.Dispose();
        _lock.Dispose();
    }

    internal static string PathIn(string directory) => Path.Combine(directory, JournalSchema.FileName);

    private static SqliteJournal Assemble(
        DirectoryLock directoryLock,
        JournalStore store,
        RecordReader reader,
        JournalOptions options,
        string? warning) =>
        new(directoryLock, store, reader, options, warning);

    private void TryCheckpoint()
    {
        try
        {
            _store.Checkpoint();
        }
        catch (Exception error) when (error is IOException or JournalCorruptException)
        {
            // Everything acknowledged is durable in the write-ahead log; the next opening moves it.
        }
    }

    private void RequireNext(IReadOnlyList<JournalRecord> records)
    {
        Dictionary<string, long> last = new(StringComparer.Ordinal);
        foreach (JournalRecord record in records)
        {
            string id = record.PersistenceId;
            long before = last.TryGetValue(id, out long inThisAppend) ? inThisAppend : _accepted.GetValueOrDefault(id);
            if (id.Length == 0 || record.SequenceNumber != before + 1)
            {
                throw new InvalidOperationException($"Record {id}/{record.SequenceNumber} does not follow {before}.");
            }

            last[id] = record.SequenceNumber;
        }
    }

    private void Write()
    {
        List<JournalWork> group = [];
        while (_queue.TryTakeGroup(group))
        {
            if (_failure is null)
            {
                TryCommit(group);
            }

            Answer(group);
            Volatile.Write(ref _writerNanoseconds, ThreadTime.Nanoseconds());
        }
    }

    private void TryCommit(List<JournalWork> group)
    {
        try
        {
            _store.Begin();
            foreach (JournalWork work in group)
            {
                Apply(work);
            }

            _store.Commit();
        }
        catch (Exception error)
        {
            // Whatever it was, the store's state is no longer known to match the file: no further write may happen.
            _failure = error.Message;
            _queue.Close();
        }
    }

    private void Apply(JournalWork work)
    {
        switch (work)
        {
            case JournalWork.Append append:
                foreach (JournalRecord record in append.Records)
                {
                    _store.Insert(record);
                }

                break;
            case JournalWork.DeleteTo delete:
                _store.DeleteTo(delete.PersistenceId, delete.SequenceNumber);
                break;
            default:
                throw new InvalidOperationException($"Unknown work {work.GetType().Name}.");
        }
    }

    private void Answer(List<JournalWork> group)
    {
        foreach (JournalWork work in group)
        {
            if (work is not JournalWork.Append append)
            {
                continue;
            }

            if (_failure is { } reason)
            {
                append.ReplyTo.Tell(new JournalFailed(append.Token, reason));
                continue;
            }

            foreach (JournalRecord record in append.Records)
            {
                _durable[record.PersistenceId] = record.SequenceNumber;
            }

            append.ReplyTo.Tell(new JournalAppended(append.Token));
        }
    }
}
