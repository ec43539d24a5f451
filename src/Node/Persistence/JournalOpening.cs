using System;
using System.Globalization;
using System.IO;
using EnergyNode.Actors.Ports;
using EnergyNode.Node.Crypto;

namespace EnergyNode.Node.Persistence;

/// <summary>The steps from a directory to a journal that can be written: lock, checks, recovery, connections.</summary>
internal static class JournalOpening
{
    private const int PageSizeBytes = 4096;

    internal delegate SqliteJournal Assembly(
        DirectoryLock directoryLock, JournalStore store, RecordReader reader, JournalOptions options, string? warning);

    public static SqliteJournal Open(
        string directory, JournalIdentity identity, JournalOptions options, bool create, Assembly assemble)
    {
        string path = SqliteJournal.PathIn(directory);
        DirectoryLock? directoryLock = null;
        JournalStore? store = null;
        RecordReader? reader = null;
        try
        {
            directoryLock = DirectoryLock.AcquireExclusive(directory);
            string? warning = create ? null : InspectFiles(path);
            store = OpenStore(directory, identity, options, create);
            reader = new RecordReader(SqliteDatabase.OpenForQueries(path), path);
            return assemble(directoryLock, store, reader, options, warning);
        }
        catch (Exception error)
        {
            reader?.Dispose();
            store?.Dispose();
            directoryLock?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new JournalOpenException(error.Message, error);
            }

            throw;
        }
    }

    /// <summary>SQLite silently ignores a damaged write-ahead log from the damage on: acknowledged records.</summary>
    private static string? InspectFiles(string path)
    {
        if (!File.Exists(path))
        {
            throw new JournalOpenException($"{path}: there is no journal; make one with `energynode init`");
        }

        WalInspection wal = WalInspection.Of(path + WalInspection.Suffix);
        return wal.Damage is null ? wal.TornEnd : throw new JournalCorruptException(wal.Damage);
    }

    private static JournalStore OpenStore(
        string directory, JournalIdentity identity, JournalOptions options, bool create)
    {
        string path = SqliteJournal.PathIn(directory);
        SqliteDatabase database = SqliteDatabase.OpenWritable(path, create);
        try
        {
            Configure(database, options);
            if (create)
            {
                CreateTables(database, identity, directory, path);
            }
            else if (JournalSchema.IsEmpty(database))
            {
                throw new JournalOpenException($"{path}: the journal is empty; restore it from a backup");
            }

            JournalSchema.RequireSame(JournalSchema.ReadIdentity(database, path), identity, path);
            JournalHeads heads = JournalHeads.Load(database, path);
            database.CheckpointAndTruncate();
            return new JournalStore(database, heads);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void Configure(SqliteDatabase database, JournalOptions options)
    {
        // Only a file without tables yet takes it: deleted records' pages can be given back at a clean stop.
        database.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        database.Execute("PRAGMA journal_mode = WAL");
        database.Execute("PRAGMA synchronous = FULL");
        long maxPages = Math.Clamp(options.MaxFileBytes / PageSizeBytes, 1, int.MaxValue);
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {maxPages}"));
    }

    private static void CreateTables(
        SqliteDatabase database, JournalIdentity identity, string directory, string path)
    {
        if (!JournalSchema.IsEmpty(database))
        {
            throw new JournalOpenException($"{path}: there is a journal already; it is not overwritten");
        }

        JournalSchema.Create(database, identity);
        PosixDirectory.Sync(directory);
    }
}
