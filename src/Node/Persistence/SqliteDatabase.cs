using System;
using System.IO;
using System.Linq;
using EnergyNode.Actors.Ports;
using SQLitePCL;

namespace EnergyNode.Node.Persistence;

/// <summary>
/// One SQLite connection. Not thread safe. Damage becomes <see cref="JournalCorruptException"/>, everything else that
/// SQLite refuses an <see cref="IOException"/>; both name the file in one line.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyTimeoutMillis = 5_000;

    private readonly string _path;
    private readonly sqlite3 _handle;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(string path, sqlite3 handle)
    {
        _path = path;
        _handle = handle;
    }

    /// <summary>Opens a file for reading and writing.</summary>
    public static SqliteDatabase OpenWritable(string path, bool create)
    {
        int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        return Open(path, path, flags, vfs: null);
    }

    /// <summary>Opens a second connection to a file that this process writes; it never changes the content.</summary>
    public static SqliteDatabase OpenForQueries(string path)
    {
        SqliteDatabase database = Open(path, path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, vfs: null);
        database.Execute("PRAGMA query_only = ON");
        return database;
    }

    /// <summary>
    /// Opens a file that nobody writes without changing anything in its directory. With a write-ahead log, SQLite takes
    /// the log's index into private memory only in exclusive mode, which on a read-only file needs the VFS without
    /// locks; without a log, the file is declared immutable, lest SQLite create one.
    /// </summary>
    public static SqliteDatabase OpenFrozen(string path, bool hasWal)
    {
        const int Flags = raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX;
        if (!hasWal)
        {
            string escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
            return Open(path, $"file:{escaped}?immutable=1", Flags | raw.SQLITE_OPEN_URI, vfs: null);
        }

        SqliteDatabase database = Open(path, path, Flags, "unix-none");
        database.Require(raw.sqlite3_db_config(database._handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _));
        database.Execute("PRAGMA locking_mode = EXCLUSIVE");
        return database;
    }

    public void Execute(string sql) => Require(raw.sqlite3_exec(_handle, sql));

    public SqliteStatement Prepare(string sql)
    {
        Require(raw.sqlite3_prepare_v2(_handle, sql, out sqlite3_stmt statement));
        return new SqliteStatement(this, statement);
    }

    /// <summary>Moves the write-ahead log into the main file and empties it.</summary>
    public void CheckpointAndTruncate() =>
        Require(raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _));

    public void Require(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failure(result);
        }
    }

    public Exception Failure(int result)
    {
        string message = $"{_path}: {raw.sqlite3_errmsg(_handle).utf8_to_string()}";
        return Map(result, message);
    }

    public void Dispose() => _ = raw.sqlite3_close_v2(_handle);

    private static SqliteDatabase Open(string path, string name, int flags, string? vfs)
    {
        int result = raw.sqlite3_open_v2(name, out sqlite3 handle, flags, vfs);
        if (result != raw.SQLITE_OK)
        {
            _ = raw.sqlite3_close_v2(handle);
            throw Map(result, $"{path}: {raw.sqlite3_errstr(result).utf8_to_string()}");
        }

        _ = raw.sqlite3_extended_result_codes(handle, 1);
        _ = raw.sqlite3_busy_timeout(handle, BusyTimeoutMillis);
        SqliteDatabase database = new(path, handle);
        database.Execute("PRAGMA cell_size_check = ON");
        return database;
    }

    private static Exception Map(int result, string message) => (result & 0xFF) switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new JournalCorruptException(message),
        _ => new IOException($"{message} (SQLite result {result})"),
    };
}
